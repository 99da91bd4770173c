/** What the same person has talked about before; what is not this operator's to read is only named. */

import { Skeleton } from "@mantine/core";
import { dayLabel, fullMoment } from "@shared/time";
import type { PreviousConversation } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { fetchPrevious } from "../api/panel";
import { useLanguage, useText } from "../i18n/language";
import { useNow } from "../i18n/now";
import { snippetText } from "../parts/snippet";
import css from "./Previous.module.css";
import { Section } from "./Section";

export function Previous({ id }: { id: string }) {
  const t = useText();
  const { data, isPending, isError } = useQuery({
    queryKey: ["previous", id],
    queryFn: () => fetchPrevious(id),
  });
  if (data && !data.items.length) return null;
  return (
    <Section title={t("previous.title")}>
      {isPending && <Skeleton height={38} />}
      {isError && <p className={css.failed}>{t("previous.failed")}</p>}
      <ul className={css.list} data-testid="previous">
        {data?.items.map((each) => (
          <li key={each.id}>
            <Entry previous={each} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Entry({ previous }: { previous: PreviousConversation }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const now = useNow();
  const { id, assignee, created_at, last_message, may_open } = previous;
  const words = (
    <>
      <span className={css.when}>
        <time dateTime={created_at} title={fullMoment(created_at, language)}>
          {dayLabel(created_at, language, now)}
        </time>
        {assignee && ` · ${t("previous.with", { name: assignee.name })}`}
      </span>
      {last_message && <span className={css.snippet}>{snippetText(language, last_message)}</span>}
    </>
  );
  return may_open ? (
    <a className={css.entry} href={`#/conversations/${id}`}>
      {words}
    </a>
  ) : (
    <span className={css.entry}>{words}</span>
  );
}
