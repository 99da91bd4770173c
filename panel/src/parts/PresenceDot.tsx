/** Presence as colour and shape, so that colour alone is never needed: full, half, barred. */

import type { Operator } from "@shared/wire";
import css from "./PresenceDot.module.css";

interface Props {
  presence: Operator["presence"];
  className?: string | undefined;
}

export function PresenceDot({ presence, className = "" }: Props) {
  return <span className={`${css.dot} ${className}`} data-presence={presence} aria-hidden="true" />;
}
