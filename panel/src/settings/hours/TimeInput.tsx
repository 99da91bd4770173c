/** A time of day of 24 hours, whatever the browser's own fields would show. */

import { TextInput } from "@mantine/core";
import { useState } from "react";
import css from "./Hours.module.css";
import { asTime } from "./hours";

interface Props {
  label: string;
  value: string;
  onChange: (time: string) => void;
  /** The id of the words that tell what is wrong. */
  wrong: string | null;
}

export function TimeInput({ label, value, onChange, wrong }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed !== null && asTime(typed) !== value) onChange(asTime(typed));
    setTyped(null);
  };
  return (
    <TextInput
      className={css.time ?? ""}
      value={typed ?? value}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={settle}
      onKeyDown={({ key }) => key === "Enter" && settle()}
      error={Boolean(wrong)}
      aria-label={label}
      {...(wrong ? { "aria-describedby": wrong } : {})}
      placeholder="00:00"
      maxLength={5}
      autoComplete="off"
      inputMode="text"
      data-testid="hours-time"
    />
  );
}
