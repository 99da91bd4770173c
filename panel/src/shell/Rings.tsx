/** A conversation that was given to this operator and not opened rings: who, the words, and how long until it goes on. */

import { Button, VisuallyHidden } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { PhoneIncoming } from "lucide-react";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { ringing, useMine } from "../conversations/mine";
import { watchMine } from "../conversations/movedOn";
import { useLanguage, useText } from "../i18n/language";
import { Countdown } from "../parts/Countdown";
import { contactName } from "../parts/person";
import { regionName } from "../parts/region";
import { snippetText } from "../parts/snippet";
import { useViewing } from "../realtime/viewing";
import { useOperator } from "../session/store";
import css from "./Rings.module.css";

interface Props {
  /** A list is on the screen, with the menu below it. */
  overList: boolean;
}

export function Rings({ overList }: Props) {
  const t = useText();
  const { id } = useOperator();
  const viewed = useViewing((state) => state.id);
  const waiting = ringing(useMine(id)).filter((each) => each.id !== viewed);
  const [first] = waiting;
  useEffect(watchMine, []);
  const language = useLanguage((state) => state.language);
  return (
    <section
      className={css.place}
      data-over-list={overList || undefined}
      aria-label={t("ring.region")}
      data-testid="rings"
    >
      <VisuallyHidden role="status">
        {first &&
          t("ring.arrived", {
            name: contactName(first.contact, t),
            body: snippetText(language, first.last_message),
          })}
      </VisuallyHidden>
      {first && <Ring key={first.id} conversation={first} more={waiting.length - 1} />}
    </section>
  );
}

function Ring({ conversation, more }: { conversation: Conversation; more: number }) {
  const t = useText();
  const language = useLanguage((state) => state.language);
  const [, navigate] = useLocation();
  const { id, contact, region, last_message, assignee_assigned_at, escalates_at } = conversation;
  return (
    <div className={css.ring} data-testid="ring" data-conversation-id={id}>
      <span className={css.sign}>
        <PhoneIncoming size={18} aria-hidden="true" />
      </span>
      <div className={css.words}>
        <p className={css.who}>
          <strong>{contactName(contact, t)}</strong>
          {region && <span>{regionName(region, language)}</span>}
        </p>
        <p className={css.said} dir="auto">
          {snippetText(language, last_message)}
        </p>
        {more > 0 && <p className={css.more}>{t("ring.more", { count: more })}</p>}
      </div>
      {escalates_at && <Countdown from={assignee_assigned_at} until={escalates_at} size={26} />}
      <Button
        size="sm"
        onClick={() => navigate(`/conversations/${id}`)}
        aria-keyshortcuts="Alt+O"
        data-testid="ring-open"
      >
        {t("ring.open")}
      </Button>
    </div>
  );
}
