/** The way in. */

import { useText } from "../i18n/language";
import { Mark } from "../parts/Mark";
import { LanguageSwitch } from "../shell/LanguageSwitch";
import { SchemeSwitch } from "../shell/SchemeSwitch";
import css from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";

export function SignIn() {
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
          <h1 className={css.title}>{t("signIn.title")}</h1>
          <SignInForm />
        </div>
      </div>
    </main>
  );
}
