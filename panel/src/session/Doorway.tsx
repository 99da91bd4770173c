/** The page outside: what the product is on one side, the way in on the other. */

import type { ReactNode } from "react";
import { useText } from "../i18n/language";
import { Mark } from "../parts/Mark";
import { LanguageSwitch } from "../shell/LanguageSwitch";
import { SchemeSwitch } from "../shell/SchemeSwitch";
import css from "./Doorway.module.css";

interface Props {
  title: string;
  children: ReactNode;
}

export function Doorway({ title, children }: Props) {
  const t = useText();
  return (
    <main className={css.screen}>
      <div className={css.brand} aria-hidden="true">
        <span className={css.word}>
          <Mark size={34} /> Messenger
        </span>
        <p className={css.lead}>{t("signIn.lead")}</p>
      </div>
      <div className={css.side}>
        <div className={css.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
        <div className={css.card}>
          <span className={css.mark}>
            <Mark size={44} />
          </span>
          <h1 className={css.title}>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
