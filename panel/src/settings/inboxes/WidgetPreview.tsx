/** The widget as visitors will see it: the same colours, computed by the same rule. */

import { SegmentedControl, Switch } from "@mantine/core";
import type { Language } from "@shared/i18n";
import { shades } from "@shared/look";
import { MessageCircle } from "lucide-react";
import { type CSSProperties, useState } from "react";
import { useLanguage } from "../../i18n/language";
import { initials } from "../../parts/person";
import { useSettingsText } from "../i18n/text";
import css from "./Appearance.module.css";
import { type Facts, isColour } from "./facts";

const OWN = { light: "#3f4fd0", dark: "#5766e0" };

/** What the widget says by itself, in its own words. */
const WORDS = {
  ru: {
    hello: "Здравствуйте!",
    greeting: "Чем можем помочь? Напишите — ответим прямо здесь.",
    question: "Есть доставка в Казань?",
  },
  en: {
    hello: "Hello!",
    greeting: "How can we help? Write to us — we answer right here.",
    question: "Do you deliver to York?",
  },
};

interface Props {
  facts: Facts;
  photo: string | null;
}

export function WidgetPreview({ facts, photo }: Props) {
  const t = useSettingsText();
  const [language, setLanguage] = useState<Language>(useLanguage((state) => state.language));
  const [dark, setDark] = useState(false);
  const chosen = facts.accent && isColour(facts.accent) ? facts.accent : null;
  const { accent, on, strong } = shades(chosen ?? OWN[dark ? "dark" : "light"], dark);
  const title = (language === "ru" ? facts.title_ru : facts.title_en).trim() || facts.name;
  const greeting = (language === "ru" ? facts.greeting_ru : facts.greeting_en).trim();
  const words = WORDS[language];
  const style = { "--accent": accent, "--on": on, "--strong": strong } as CSSProperties;
  return (
    <div className={css.preview}>
      <div className={css.tools}>
        <SegmentedControl
          size="xs"
          value={language}
          onChange={(choice) => setLanguage(choice as Language)}
          data={[
            { value: "ru", label: "RU" },
            { value: "en", label: "EN" },
          ]}
          aria-label={t("inbox.previewLanguage")}
        />
        <Switch
          size="sm"
          checked={dark}
          onChange={({ currentTarget }) => setDark(currentTarget.checked)}
          label={t("inbox.previewScheme")}
          labelPosition="left"
          withThumbIndicator={false}
        />
      </div>
      <div
        className={css.page}
        data-dark={dark || undefined}
        data-side={facts.side}
        style={style}
        role="img"
        aria-label={`${t("inbox.preview")}: ${title}. ${greeting || words.greeting}`}
        data-testid="widget-preview"
      >
        <div className={css.dialog} lang={language}>
          <div className={css.head}>
            <span className={css.mark}>
              {initials(title)}
              {photo && <img key={photo} src={photo} alt="" />}
            </span>
            <span className={css.name}>{title}</span>
          </div>
          <div className={css.thread}>
            <span className={css.hello}>{words.hello}</span>
            <span className={css.greeting}>{greeting || words.greeting}</span>
            <span className={css.own}>{words.question}</span>
          </div>
        </div>
        <span className={css.launcher}>
          <MessageCircle size={20} />
        </span>
      </div>
    </div>
  );
}
