/** How a receiver checks that a request is genuine, in short. */

import { ShieldCheck } from "lucide-react";
import { useSettingsText } from "../i18n/text";
import css from "./Verifying.module.css";

const HEADERS = ["webhook-id", "webhook-timestamp", "webhook-signature"];

export function Verifying() {
  const t = useSettingsText();
  return (
    <aside className={css.help} aria-label={t("verify.title")}>
      <h2 className={css.title}>
        <ShieldCheck size={17} aria-hidden="true" /> {t("verify.title")}
      </h2>
      <p>
        {t("verify.text")}{" "}
        {HEADERS.map((header) => (
          <code key={header} className={css.code}>
            {header}
          </code>
        ))}
      </p>
      <p>{t("verify.answer")}</p>
      <p>
        <a
          className={css.link}
          href="https://www.standardwebhooks.com/#resources"
          target="_blank"
          rel="noopener noreferrer"
        >
          {t("verify.link")}
        </a>
      </p>
    </aside>
  );
}
