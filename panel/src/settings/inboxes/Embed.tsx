/** What goes into the company's pages. */

import { Copy } from "../Copy";
import { useSettingsText } from "../i18n/text";
import { Section } from "../Section";
import css from "./Inboxes.module.css";

export function Embed({ code }: { code: string }) {
  const t = useSettingsText();
  return (
    <Section title={t("inbox.embed")} hint={t("inbox.embedHint")}>
      <div className={css.embed}>
        <code className={css.code} data-testid="inbox-embed">
          {code}
        </code>
        <Copy value={code} testId="inbox-embed-copy" />
      </div>
    </Section>
  );
}
