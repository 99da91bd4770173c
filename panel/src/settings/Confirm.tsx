/** What cannot be undone asks first. */

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import css from "./Confirm.module.css";
import { Dialog } from "./Dialog";
import { useSettingsText } from "./i18n/text";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  confirm: string;
  /** The body tells why it cannot be done. */
  blocked?: boolean;
  /** Rejects with why it was not done. */
  onConfirm: () => Promise<unknown>;
  words: (error: unknown) => string;
  children: ReactNode;
}

export function Confirm(props: Props) {
  const { title, opened, onClose, confirm, blocked, onConfirm, words, children } = props;
  const t = useSettingsText();
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  const close = () => {
    setState({ busy: false });
    onClose();
  };
  const act = async () => {
    setState({ busy: true });
    try {
      await onConfirm();
      close();
    } catch (error) {
      setState({ busy: false, error: words(error) });
    }
  };
  return (
    <Dialog title={title} opened={opened} onClose={close} escapable={!state.busy}>
      <div className={css.body}>
        {children}
        <p role="alert" className={css.error} data-testid="confirm-error">
          {state.error}
        </p>
        <div className={css.buttons}>
          <Button variant="default" onClick={close} data-autofocus>
            {t(blocked ? "form.close" : "form.cancel")}
          </Button>
          {!blocked && (
            <Button
              color="red"
              loading={state.busy}
              onClick={() => void act()}
              data-testid="confirm"
            >
              {confirm}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
