/** Whether, and how, visitors are asked about a conversation that has ended. */

import { Radio } from "@mantine/core";
import form from "../Form.module.css";
import { useSettingsText } from "../i18n/text";
import { Section } from "../Section";
import type { Editing } from "../useEditing";
import type { Facts } from "./facts";
import css from "./Inboxes.module.css";

const CHOICES = ["off", "stars", "nps"] as const;

export function RatingChoice({ editing }: { editing: Editing<Facts> }) {
  const t = useSettingsText();
  const { values, faults, set } = editing;
  return (
    <Section title={t("inbox.rating")}>
      <Radio.Group
        value={values.rating}
        onChange={(rating) => set("rating", rating as Facts["rating"])}
        label={t("inbox.ratingLabel")}
        description={t("inbox.ratingHint")}
        error={faults.rating}
      >
        <div className={`${form.fields} ${css.choices}`}>
          {CHOICES.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`inbox.rating_${each}`)}
              data-testid={`inbox-rating-${each}`}
            />
          ))}
        </div>
      </Radio.Group>
    </Section>
  );
}
