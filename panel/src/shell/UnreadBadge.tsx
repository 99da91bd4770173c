/** How many messages the operator has not read, in words for those who listen. */

import { VisuallyHidden } from "@mantine/core";
import { useUnreadTotal } from "../conversations/unread";
import { useText } from "../i18n/language";
import css from "./UnreadBadge.module.css";

const MOST = 99;

export function UnreadBadge() {
  const t = useText();
  const count = useUnreadTotal();
  if (!count) return null;
  return (
    <span className={css.badge} data-testid="unread-total">
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <VisuallyHidden>{t("nav.unread", { count })}</VisuallyHidden>
    </span>
  );
}
