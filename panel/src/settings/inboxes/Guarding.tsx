/** What a visitor who may be a machine has to show. */

import { Radio } from "@mantine/core";
import form from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { Section } from "../Section";
import type { Editing } from "../useEditing";
import type { Facts } from "./facts";
import css from "./Inboxes.module.css";

const CHOICES = ["off", "arithmetic", "altcha"] as const;

export function Guarding({ editing }: { editing: Editing<Facts> }) {
  const t = useSettingsText();
  const { values, faults, set } = editing;
  return (
    <Section title={t("inbox.captcha")}>
      <Radio.Group
        value={values.captcha}
        onChange={(captcha) => set("captcha", captcha as Facts["captcha"])}
        label={t("inbox.captchaLabel")}
        description={t("inbox.captchaHint")}
        error={faults.captcha}
      >
        <div className={`${form.fields} ${css.choices}`}>
          {CHOICES.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`inbox.captcha_${each}`)}
              description={t(`inbox.captcha_${each}Hint`)}
              data-testid={`inbox-captcha-${each}`}
            />
          ))}
        </div>
      </Radio.Group>
    </Section>
  );
}
