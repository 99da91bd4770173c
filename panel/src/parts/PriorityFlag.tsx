/** A flag for what is not usual. */

import { Flag } from "lucide-react";
import { useText } from "../i18n/language";
import type { Priority } from "../threads/actions";
import css from "./PriorityFlag.module.css";

export function PriorityFlag({ priority }: { priority: Priority }) {
  const t = useText();
  if (priority === "normal") return null;
  const label = `${t("priority.label")}: ${t(`priority.${priority}`)}`;
  return (
    <span className={css.flag} role="img" aria-label={label} title={label} data-priority={priority}>
      <Flag size={13} aria-hidden="true" />
    </span>
  );
}
