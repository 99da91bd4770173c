/** Presence as colour and shape, so that colour alone is never needed: full, half, barred; hollow without a panel. */

import type { Operator } from "@shared/wire";
import css from "./PresenceDot.module.css";

interface Props {
  presence: Operator["presence"] | "offline";
  className?: string | undefined;
}

export function PresenceDot({ presence, className = "" }: Props) {
  return <span className={`${css.dot} ${className}`} data-presence={presence} aria-hidden="true" />;
}
