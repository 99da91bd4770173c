/** What the visitor said of the conversation, beside it. */

import { shortMoment } from "@shared/time";
import type { Conversation, HistoryEntry } from "@shared/wire";
import css from "../details/Details.module.css";
import { Fact, Section } from "../details/Section";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { Stars } from "./Stars";

interface Props {
  conversation: Conversation;
  history: readonly HistoryEntry[];
}

export function RatingFacts({ conversation: { rating }, history }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const said = history.find(({ action }) => action === "rated");
  if (!rating) return null;
  return (
    <Section title={t("rating.title")}>
      <dl className={css.list} data-testid="rating">
        <Fact name={said ? shortMoment(said.at, language, now) : ""}>
          <Stars score={rating} />
        </Fact>
        {said?.note && <Fact name={t("rating.comment")}>{said.note}</Fact>}
      </dl>
    </Section>
  );
}
