/** The parts of the settings. */

import { Building2, Inbox, type LucideIcon, MapPin, Users, Webhook } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useSettingsText } from "./i18n/text";
import css from "./Navigation.module.css";

const PARTS = ["branches", "rules", "operators", "inboxes", "webhooks"] as const;

const ICONS: Record<(typeof PARTS)[number], LucideIcon> = {
  branches: Building2,
  rules: MapPin,
  operators: Users,
  inboxes: Inbox,
  webhooks: Webhook,
};

export function Navigation() {
  const t = useSettingsText();
  const [location] = useLocation();
  const current = PARTS.find((part) => location.startsWith(`/settings/${part}`));
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const shown = current && list.current?.querySelector("[aria-current]");
    if (shown) shown.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <nav className={css.nav} aria-label={t("settings.title")}>
      <p className={css.title} aria-hidden="true">
        {t("settings.title")}
      </p>
      <ul className={css.list} ref={list}>
        {PARTS.map((part) => {
          const Icon = ICONS[part];
          return (
            <li key={part}>
              <Link
                href={`/settings/${part}`}
                className={css.item}
                aria-current={part === current ? "page" : undefined}
                data-testid={`settings-${part}`}
              >
                <Icon size={17} aria-hidden="true" /> {t(`settings.${part}`)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
