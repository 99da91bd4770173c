/** What visitors read and leave while nobody is there. */

import { Switch, Textarea } from "@mantine/core";
import form from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { Section } from "../Section";
import type { Editing } from "../useEditing";
import type { Facts } from "./facts";

export function Absence({ editing }: { editing: Editing<Facts> }) {
  const t = useSettingsText();
  const { values, faults, set, input } = editing;
  return (
    <Section title={t("inbox.offline")} hint={t("inbox.offlineHint")}>
      <div className={form.fields}>
        <Textarea
          {...input("offline_ru")}
          label={t("inbox.offlineRu")}
          rows={3}
          lang="ru"
          data-testid="inbox-offline-ru"
        />
        <Textarea
          {...input("offline_en")}
          label={t("inbox.offlineEn")}
          rows={3}
          lang="en"
          data-testid="inbox-offline-en"
        />
      </div>
      <Switch
        checked={values.offline}
        onChange={({ currentTarget }) => set("offline", currentTarget.checked)}
        label={t("inbox.offlineOn")}
        description={t("inbox.offlineOnHint")}
        error={faults.offline}
        withThumbIndicator={false}
        data-testid="inbox-offline"
      />
    </Section>
  );
}
