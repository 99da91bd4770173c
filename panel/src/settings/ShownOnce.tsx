/** A secret or a link that is shown only now: to copy, and why. */

import { Button } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useEffect, useRef } from "react";
import { Copy } from "./Copy";
import css from "./ShownOnce.module.css";

interface Props {
  lead: string;
  label: string;
  value: string;
  why: string;
  done: string;
  onDone: () => void;
  /** Its parts are called `<testId>`, `<testId>-copy`, `<testId>-done`. */
  testId: string;
}

export function ShownOnce({ lead, label, value, why, done, onDone, testId }: Props) {
  const first = useRef<HTMLParagraphElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className={css.secret}>
      <p className={css.lead} ref={first} tabIndex={-1}>
        <KeyRound size={18} aria-hidden="true" />
        <strong>{lead}</strong>
      </p>
      <div className={css.value}>
        <span className={css.label}>{label}</span>
        <code className={css.code} data-testid={testId}>
          {value}
        </code>
      </div>
      <p className={css.why}>{why}</p>
      <div className={css.buttons}>
        <Copy value={value} testId={`${testId}-copy`} />
        <Button onClick={onDone} data-testid={`${testId}-done`}>
          {done}
        </Button>
      </div>
    </div>
  );
}
