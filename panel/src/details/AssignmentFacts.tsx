/** Why this operator has the conversation. */

import { Skeleton } from "@mantine/core";
import type { Conversation, Evidence, HistoryEntry } from "@shared/wire";
import { isOpen } from "../conversations/tabs";
import { useText } from "../i18n/language";
import { Why } from "../parts/Why";
import css from "./Details.module.css";
import { Section } from "./Section";

interface Props {
  evidence: Evidence | null;
  history: readonly HistoryEntry[];
  conversation: Conversation;
}

export function AssignmentFacts({ evidence, history, conversation }: Props) {
  const t = useText();
  const queued = isOpen(conversation) && !conversation.assignee;
  const assignment = queued ? null : evidence?.assignment;
  const handed = history.find(({ action }) => action === "assigned");
  return (
    <Section title={t("details.assignment")}>
      {!evidence && !queued && <Skeleton height={48} />}
      {queued && <p className={css.reason}>{t("details.queued")}</p>}
      {assignment && <Why assignment={assignment} by={handed?.actor?.name} />}
      {assignment?.considered.length ? <p className={css.note}>{t("why.note")}</p> : null}
    </Section>
  );
}
