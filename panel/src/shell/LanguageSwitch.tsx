/** The other language, one click away. */

import { Tooltip, UnstyledButton } from "@mantine/core";
import { setLanguage, useLanguage, useText } from "../i18n/language";
import css from "./Switch.module.css";

export function LanguageSwitch() {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const other = language === "ru" ? "en" : "ru";
  return (
    <Tooltip label={t("nav.otherLanguage")} openDelay={400}>
      <UnstyledButton
        className={css.switch}
        onClick={() => setLanguage(other)}
        aria-label={`${other.toUpperCase()}: ${t("nav.otherLanguage")}`}
        data-testid="language"
      >
        {other.toUpperCase()}
      </UnstyledButton>
    </Tooltip>
  );
}
