/** The left column: where to go, and who one is here. */

import { Link } from "wouter";
import { useText } from "../i18n/language";
import { Mark } from "../parts/Mark";
import { AlertsButton } from "./Alerts";
import { useDestinations } from "./destinations";
import { FindButton } from "./FindButton";
import { LanguageSwitch } from "./LanguageSwitch";
import css from "./Nav.module.css";
import { PresenceMenu } from "./PresenceMenu";
import { SchemeSwitch } from "./SchemeSwitch";
import { SignOutButton } from "./SignOutButton";
import { UnreadBadge } from "./UnreadBadge";

export function Nav() {
  const t = useText();
  const destinations = useDestinations();
  return (
    <nav className={css.nav} aria-label={t("nav.main")}>
      <span className={css.brand}>
        <Mark size={30} />
        <span className={css.label}>Messenger</span>
      </span>
      <div className={css.items}>
        <FindButton />
        {destinations.map(({ href, text, Icon, current, counted }) => (
          <Link
            key={href}
            href={href}
            className={css.item}
            aria-current={current ? "page" : undefined}
            data-testid={text}
          >
            <Icon size={19} aria-hidden="true" />
            <span className={css.label}>{t(text)}</span>
            {counted && <UnreadBadge />}
          </Link>
        ))}
      </div>
      <div className={css.foot}>
        <PresenceMenu />
        <div className={css.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
          <AlertsButton />
          <SignOutButton />
        </div>
      </div>
    </nav>
  );
}
