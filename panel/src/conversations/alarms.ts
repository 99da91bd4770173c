/** Supervisors hear at once of a conversation that needs them. */

import type { Conversation } from "@shared/wire";
import { alertOf } from "../alerts/watch";
import { text } from "../i18n/language";
import { notifyOf } from "../parts/notify";
import { contactName } from "../parts/person";
import { oversees } from "../session/role";
import { rows } from "./listing";
import { conversationOf, useConversations } from "./store";

/** Asked with what a frame brings, before it is known. */
export function noticeAlarm(news: Conversation): void {
  const known = conversationOf(news.id);
  if (!news.alarm || !oversees() || (known && known.rev >= news.rev)) return;
  if (known?.alarm === news.alarm) return;
  const t = text();
  const values = { name: contactName(news.contact, t), operator: news.assignee?.name ?? "" };
  alertOf("alarm", news);
  notifyOf(news.id, t(`alarm.toast_${news.alarm}`, values));
}

/** How many open conversations have an alarm. */
export function useAlarmCount(operatorId: string): number {
  return useConversations(
    ({ byId, lists }) =>
      rows("all", lists.all, byId, operatorId).filter(({ alarm }) => alarm).length,
  );
}
