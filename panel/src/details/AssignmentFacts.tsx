/** Why this operator: who could have had the conversation, and how busy each was then. */

import { Skeleton } from "@mantine/core";
import type { Assignment, Conversation, Evidence } from "@shared/wire";
import { isOpen } from "../conversations/tabs";
import { useText } from "../i18n/language";
import { Avatar } from "../parts/Avatar";
import css from "./Details.module.css";
import { Section } from "./Section";

interface Props {
  evidence: Evidence | null;
  conversation: Conversation;
}

export function AssignmentFacts({ evidence, conversation }: Props) {
  const t = useText();
  const queued = isOpen(conversation) && !conversation.assignee;
  const assignment = queued ? null : evidence?.assignment;
  return (
    <Section title={t("details.assignment")}>
      {!evidence && !queued && <Skeleton height={48} />}
      {queued && <p className={css.reason}>{t("details.queued")}</p>}
      {assignment?.cause === "claimed" && (
        <p className={css.reason}>{t("details.claimed", { name: assignment.operator.name })}</p>
      )}
      {assignment?.cause === "routed" && <Routed assignment={assignment} />}
    </Section>
  );
}

function Routed({ assignment }: { assignment: Assignment }) {
  const t = useText();
  const { eligible, operator } = assignment;
  const alone = eligible.length < 2;
  return (
    <>
      <p className={css.reason}>
        {alone ? t("details.routedAlone") : t("details.routed", { count: eligible.length })}
      </p>
      <ul className={css.people}>
        {eligible.map(({ id, name, open }) => (
          <li key={id} data-chosen={id === operator.id || undefined}>
            <Avatar id={id} name={name} size={24} />
            <span className={css.person}>{name}</span>
            <span className={css.open} title={t("details.openThen", { count: open })}>
              <span aria-hidden="true">{open}</span>
              <span className={css.spoken}>{t("details.openThen", { count: open })}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={css.note}>{t("details.openNote")}</p>
    </>
  );
}
