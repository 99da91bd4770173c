/** Nothing chosen yet. */

import { useText } from "../i18n/language";
import { Mark } from "../parts/Mark";
import css from "./Nobody.module.css";

export function Nobody() {
  const t = useText();
  return (
    <div className={css.nobody} data-testid="nothing-chosen">
      <Mark size={52} />
      <p className={css.title}>{t("thread.choose")}</p>
      <p className={css.hint}>{t("thread.chooseHint")}</p>
    </div>
  );
}
