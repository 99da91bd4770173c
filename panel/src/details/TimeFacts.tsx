/** When it was created, assigned, opened. */

import { dayLabel, fullMoment, timeOfDay } from "@shared/time";
import type { Conversation } from "@shared/wire";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import css from "./Details.module.css";
import { Fact, Section } from "./Section";

interface Props {
  conversation: Conversation;
}

export function TimeFacts({ conversation }: Props) {
  const t = useText();
  const { created_at, assignee_assigned_at, assignee_opened_at } = conversation;
  return (
    <Section title={t("details.times")}>
      <dl className={css.list}>
        <Moment name={t("details.created")} at={created_at} />
        <Moment name={t("details.assigned")} at={assignee_assigned_at} />
        <Moment name={t("details.opened")} at={assignee_opened_at} />
      </dl>
    </Section>
  );
}

function Moment({ name, at }: { name: string; at: string | null }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  return (
    <Fact name={name}>
      {at ? (
        <time dateTime={at} title={fullMoment(at, language)}>
          {dayLabel(at, language, now)}, {timeOfDay(at, language)}
        </time>
      ) : (
        t("details.notYet")
      )}
    </Fact>
  );
}
