/** What the first message of a conversation is answered with. */

import { Switch, Textarea } from "@mantine/core";
import form from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { Section } from "../Section";
import type { Editing } from "../useEditing";
import type { Facts } from "./facts";

export function AutoReply({ editing }: { editing: Editing<Facts> }) {
  const t = useSettingsText();
  const { values, faults, set, input } = editing;
  return (
    <Section title={t("inbox.reply")} hint={t("inbox.replyHint")}>
      <Switch
        checked={values.reply}
        onChange={({ currentTarget }) => set("reply", currentTarget.checked)}
        label={t("inbox.replyOn")}
        error={faults.reply}
        withThumbIndicator={false}
        data-testid="inbox-reply"
      />
      <div className={form.fields}>
        <Textarea
          {...input("reply_ru")}
          label={t("inbox.offlineRu")}
          rows={3}
          lang="ru"
          data-testid="inbox-reply-ru"
        />
        <Textarea
          {...input("reply_en")}
          label={t("inbox.offlineEn")}
          rows={3}
          lang="en"
          data-testid="inbox-reply-en"
        />
      </div>
    </Section>
  );
}
