/** The menu of narrow screens. */

import { Link } from "wouter";
import { useText } from "../i18n/language";
import { AlertsItem } from "./Alerts";
import css from "./BottomNav.module.css";
import { useDestinations } from "./destinations";
import { LanguageSwitch } from "./LanguageSwitch";
import { PresenceMenu } from "./PresenceMenu";
import { SchemeSwitch } from "./SchemeSwitch";
import { SignOutButton } from "./SignOutButton";
import { UnreadBadge } from "./UnreadBadge";

export function BottomNav() {
  const t = useText();
  const destinations = useDestinations();
  return (
    <nav className={css.bar} aria-label={t("nav.main")}>
      {destinations.map(({ href, text, Icon, current, counted }) => (
        <Link
          key={href}
          href={href}
          className={css.item}
          aria-current={current ? "page" : undefined}
          aria-label={t(text)}
          data-testid={text}
        >
          <Icon size={21} aria-hidden="true" />
          {counted && <UnreadBadge />}
        </Link>
      ))}
      <div className={css.presence}>
        <PresenceMenu more={<AlertsItem />} />
      </div>
      <div className={css.switches}>
        <LanguageSwitch />
        <SchemeSwitch />
        <SignOutButton />
      </div>
    </nav>
  );
}
