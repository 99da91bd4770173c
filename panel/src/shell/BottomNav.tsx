/** The menu of narrow screens. */

import { MessagesSquare } from "lucide-react";
import { Link } from "wouter";
import { useText } from "../i18n/language";
import css from "./BottomNav.module.css";
import { LanguageSwitch } from "./LanguageSwitch";
import { PresenceMenu } from "./PresenceMenu";
import { SchemeSwitch } from "./SchemeSwitch";
import { SignOutButton } from "./SignOutButton";
import { UnreadBadge } from "./UnreadBadge";

export function BottomNav() {
  const t = useText();
  return (
    <nav className={css.bar} aria-label={t("nav.main")}>
      <Link
        href="/conversations"
        className={css.item}
        aria-current="page"
        aria-label={t("nav.conversations")}
      >
        <MessagesSquare size={21} aria-hidden="true" />
        <UnreadBadge />
      </Link>
      <div className={css.presence}>
        <PresenceMenu />
      </div>
      <div className={css.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
        <SignOutButton />
      </div>
    </nav>
  );
}
