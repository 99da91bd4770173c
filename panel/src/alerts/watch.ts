/** Follows the operator's own conversations and alerts them: a sound, a notification, or nothing where they look. */

import type { Conversation } from "@shared/wire";
import { rows } from "../conversations/listing";
import { useConversations } from "../conversations/store";
import { text, useLanguage } from "../i18n/language";
import { contactName } from "../parts/person";
import { snippetText } from "../parts/snippet";
import { useViewing } from "../realtime/viewing";
import { operatorId } from "../session/store";
import { isLookedAt, isSomewhere, shareAttention } from "./attention";
import { type Kind, type Known, known, newsIn } from "./kinds";
import { lead, leads } from "./leader";
import { lookAtPermission, pop, takeDown } from "./popups";
import { followAlertSettings, useAlertSettings } from "./settings";
import { awaitGesture, play, useSoundAllowed } from "./tones";

/** Several at once sound as one. */
const APART_MS = 600;

/** From sign-in until the returned function is called. */
export function watchForNews(): () => void {
  lead("popups");
  const ends = [
    followAlertSettings(),
    shareAttention(),
    awaitGesture(),
    leadWhenAllowed(),
    followMine(),
    useViewing.subscribe(({ id }) => id && takeDown(id)),
    listenForFocus(),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What was there when the list first came is no news. */
function followMine(): () => void {
  const before = new Map<string, Known>();
  const look = (tell: boolean) => {
    const { byId, lists } = useConversations.getState();
    for (const each of rows("mine", lists.mine, byId, operatorId())) {
      const kind = tell ? newsIn(before.get(each.id), each) : null;
      before.set(each.id, known(each));
      if (kind) alertOf(kind, each);
    }
  };
  const ready = () => useConversations.getState().lists.mine.state === "ready";
  let listening = ready();
  look(false);
  return useConversations.subscribe(() => {
    look(listening);
    listening = ready();
  });
}

let soundedAt = 0;

/** Tells the operator, as they want to be told. */
export function alertOf(kind: Kind, conversation: Conversation): void {
  const { sound, volume, popups, muted } = useAlertSettings.getState();
  if (muted.includes(kind) || isLookedAt(conversation.id)) return;
  if (sound && leads("sound") && Date.now() - soundedAt >= APART_MS) {
    soundedAt = Date.now();
    play(kind, volume);
  }
  if (popups && leads("popups") && !isSomewhere()) {
    popOf(kind, conversation);
  }
}

function popOf(kind: Kind, { id, contact, last_message, assignee, alarm }: Conversation): void {
  const t = text();
  const name = contactName(contact, t);
  const title =
    kind === "alarm" && alarm
      ? t(`alarm.toast_${alarm}`, { name, operator: assignee?.name ?? "" })
      : t(`alerts.${kind === "alarm" ? "message" : kind}`, { name });
  pop(id, title, snippetText(useLanguage.getState().language, last_message), () => {
    location.hash = `#/conversations/${id}`;
  });
}

function leadWhenAllowed(): () => void {
  const apply = ({ allowed }: { allowed: boolean }) => {
    if (!allowed) return;
    forget();
    lead("sound");
  };
  const forget = useSoundAllowed.subscribe(apply);
  return forget;
}

/** The permission may have been changed in the browser's settings meanwhile. */
function listenForFocus(): () => void {
  addEventListener("focus", lookAtPermission);
  return () => removeEventListener("focus", lookAtPermission);
}
