/** Above the first message: more is coming, could not come, or nothing is left. */

import { Button, Loader } from "@mantine/core";
import { useText } from "../i18n/language";
import css from "./Older.module.css";
import type { OlderState } from "./useThreadScroll";

interface Props {
  state: OlderState;
  atStart: boolean;
  onRetry: () => void;
}

export function Older({ state, atStart, onRetry }: Props) {
  const t = useText();
  if (atStart) return <p className={css.older}>{t("thread.start")}</p>;
  if (state === "failed") {
    return (
      <p className={css.older} role="alert">
        {t("thread.olderFailed")}{" "}
        <Button variant="subtle" size="compact-sm" onClick={onRetry}>
          {t("retry")}
        </Button>
      </p>
    );
  }
  return <div className={css.older}>{state === "loading" && <Loader size="xs" />}</div>;
}
