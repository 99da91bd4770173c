/** Nothing there: why, and what to do. */

import type { LucideIcon } from "lucide-react";
import css from "./Empty.module.css";

interface Props {
  Icon: LucideIcon;
  title: string;
  hint: string;
}

export function Empty({ Icon, title, hint }: Props) {
  return (
    <div className={css.empty} data-testid="settings-empty">
      <Icon size={32} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{title}</p>
      <p className={css.hint}>{hint}</p>
    </div>
  );
}
