/** Deleting asks first. */

import { Button } from "@mantine/core";
import type { Webhook } from "@shared/wire";
import { errorText } from "../../i18n/errors";
import { useText } from "../../i18n/language";
import { Dialog } from "../Dialog";
import { useSettingsText } from "../i18n/text";
import { useDeleting } from "./data";
import css from "./WebhookForm.module.css";

interface Props {
  webhook: Webhook;
  opened: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteDialog({ webhook, opened, onClose, onDeleted }: Props) {
  const t = useSettingsText();
  const general = useText();
  const deleting = useDeleting(webhook);
  const close = () => {
    deleting.reset();
    onClose();
  };
  return (
    <Dialog title={t("delete.title")} opened={opened} onClose={close}>
      <div className={css.form}>
        <p className={css.address}>{webhook.url}</p>
        <p className={css.hint}>{t("delete.lead")}</p>
        <p role="alert" className={css.error}>
          {deleting.error && errorText(general, deleting.error)}
        </p>
        <div className={css.buttons}>
          <Button variant="default" onClick={close} data-autofocus>
            {t("form.cancel")}
          </Button>
          <Button
            color="red"
            loading={deleting.isPending}
            onClick={() => deleting.mutateAsync().then(onDeleted, () => null)}
            data-testid="webhook-delete-confirm"
          >
            {t("delete.confirm")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
