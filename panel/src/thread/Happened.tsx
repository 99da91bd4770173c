/** Lines between the messages: the conversation was closed, ended, opened again, rated. */

import { fullMoment, timeOfDay } from "@shared/time";
import type { HistoryEntry } from "@shared/wire";
import type { Text } from "../i18n/language";
import { useLanguage, useText } from "../i18n/language";
import { Stars } from "../ratings/Stars";
import css from "./Happened.module.css";

interface Props {
  events: readonly HistoryEntry[] | undefined;
}

export function Happened({ events = [] }: Props) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  return events.map((entry) => (
    <div
      key={`${entry.at} ${entry.action}`}
      className={css.event}
      data-testid="happened"
      data-action={entry.action}
    >
      <p className={css.words}>
        {wordsOf(t, entry)}
        {entry.score && <Stars score={entry.score} />}
        <time dateTime={entry.at} title={fullMoment(entry.at, language)}>
          {timeOfDay(entry.at, language)}
        </time>
      </p>
      {entry.action === "rated" && entry.note && (
        <p className={css.comment} dir="auto">
          {entry.note}
        </p>
      )}
    </div>
  ));
}

function wordsOf(t: Text, { action, actor, cause }: HistoryEntry): string {
  if (action === "resolved") return t("lines.resolved", { by: actor?.name ?? "" });
  if (action === "ended") return t("lines.ended");
  if (action === "rated") return t("lines.rated");
  return t(cause === "requested" ? "lines.requested" : "lines.reopened");
}
