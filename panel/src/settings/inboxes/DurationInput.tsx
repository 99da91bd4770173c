/** Minutes and seconds. */

import { Input, TextInput } from "@mantine/core";
import { useId } from "react";
import { useSettingsText } from "../i18n/text";
import type { Duration } from "./duration";
import css from "./Inboxes.module.css";

interface Props {
  label: string;
  hint: string;
  value: Duration;
  onChange: (value: Duration) => void;
  error: string | undefined;
  testId: string;
}

export function DurationInput({ label, hint, value, onChange, error, testId }: Props) {
  const t = useSettingsText();
  const id = useId();
  const part = (name: keyof Duration) => ({
    className: css.part ?? "",
    value: value[name],
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ ...value, [name]: currentTarget.value }),
    inputMode: "numeric" as const,
    autoComplete: "off",
    error: Boolean(error),
    "aria-label": t(`inbox.${name}`),
    "aria-describedby": `${id}-hint ${id}-error`,
    "data-testid": `${testId}-${name}`,
  });
  return (
    <fieldset className={css.duration}>
      <legend className={css.legend}>{label}</legend>
      <span className={css.parts}>
        <TextInput {...part("minutes")} /> {t("inbox.minutes")}
        <TextInput {...part("seconds")} /> {t("inbox.seconds")}
      </span>
      <Input.Description id={`${id}-hint`}>{hint}</Input.Description>
      <Input.Error id={`${id}-error`}>{error}</Input.Error>
    </fieldset>
  );
}
