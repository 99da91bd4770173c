/** One conversation in the list. Rendered again only when something of its own changed. */

import { shortMoment } from "@shared/time";
import type { Conversation } from "@shared/wire";
import { BellRing } from "lucide-react";
import { memo } from "react";
import { unreadShown } from "../conversations/unread";
import { useLanguage, useText } from "../i18n/language";
import { Avatar } from "../parts/Avatar";
import { Countdown } from "../parts/Countdown";
import { PriorityFlag } from "../parts/PriorityFlag";
import { contactName } from "../parts/person";
import { regionName } from "../parts/region";
import { snippetText } from "../parts/snippet";
import { Stars } from "../ratings/Stars";
import { Writing } from "../typing/Writing";
import { useWriting } from "../typing/writers";
import css from "./Row.module.css";

interface Props {
  conversation: Conversation;
  selected: boolean;
  /** By Tab; the others by the arrow keys. */
  reachable: boolean;
  branch: string | undefined;
  operatorId: string;
  /** The list is the queue itself. */
  inQueue: boolean;
  now: number;
}

export const Row = memo(function Row(props: Props) {
  const { conversation, selected, reachable, operatorId, now } = props;
  const { id, contact, assignee, last_message, activity_at } = conversation;
  const t = useText();
  const language = useLanguage((state) => state.language);
  const name = contactName(contact, t);
  const mine = assignee?.id === operatorId;
  const unread = mine ? unreadShown(conversation) : conversation.unread;
  const writing = useWriting(id);
  const answered = last_message.direction === "out";
  return (
    <a
      href={`#/conversations/${id}`}
      className={css.row}
      aria-current={selected ? "true" : undefined}
      tabIndex={reachable ? 0 : -1}
      draggable={false}
      data-testid="conversation-row"
      data-conversation-id={id}
      data-unread={unread}
      data-alarm={conversation.alarm ?? undefined}
    >
      <Avatar id={contact.id} name={name} />
      <span className={css.words}>
        <span className={css.line}>
          <span className={css.name}>{name}</span>
          <PriorityFlag priority={conversation.priority} />
          <time className={css.time} dateTime={activity_at}>
            {shortMoment(activity_at, language, now)}
          </time>
        </span>
        <span className={css.line}>
          <span className={css.snippet}>
            {writing ? (
              <Writing who={writing} />
            ) : (
              <>
                {answered && `${mine ? t("list.you") : (assignee?.name ?? "")}: `}
                {snippetText(language, last_message)}
              </>
            )}
          </span>
          {unread > 0 && (
            <span className={css.unread}>
              <span aria-hidden="true">{unread}</span>
              <span className={css.spoken}>{t("list.unread", { count: unread })}</span>
            </span>
          )}
        </span>
        <span className={css.line}>
          <Facts {...props} mine={mine} />
          {conversation.escalates_at && (
            <Countdown
              from={conversation.assignee_assigned_at}
              until={conversation.escalates_at}
              size={15}
            />
          )}
        </span>
      </span>
    </a>
  );
});

function Facts({ conversation, branch, inQueue, mine }: Props & { mine: boolean }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const { region, assignee, alarm, requested_at, rating } = conversation;
  const holder = mine ? null : (assignee?.name ?? (inQueue ? null : t("list.inQueue")));
  const place = region && regionName(region, language);
  const facts = [holder, place, branch !== place && branch].filter(Boolean);
  return (
    <span className={css.facts}>
      {alarm && (
        <span className={css.alarm}>
          <BellRing size={13} aria-hidden="true" /> {t(`alarm.${alarm}`)}
          {facts.length > 0 && " · "}
        </span>
      )}
      {requested_at && <span className={css.request}>{t("list.request")}</span>}
      {rating && (
        <span className={css.rating}>
          <Stars score={rating} size={12} />
        </span>
      )}
      {facts.join(" · ")}
    </span>
  );
}
