/** Something could not be loaded: what, why, and another try. */

import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { errorText } from "../i18n/errors";
import { useText } from "../i18n/language";
import css from "./Failure.module.css";

interface Props {
  title: string;
  error: unknown;
  onRetry: () => void;
}

export function Failure({ title, error, onRetry }: Props) {
  const t = useText();
  return (
    <div className={css.failure} role="alert">
      <p className={css.title}>{title}</p>
      <p className={css.reason}>{errorText(t, error)}</p>
      <Button variant="default" size="sm" leftSection={<RotateCw size={15} />} onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  );
}
