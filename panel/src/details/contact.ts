/** Who the visitor is and what has happened, as the server tells when something of it has changed. */

import type { Conversation } from "@shared/wire";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { fetchDetails } from "../api/panel";
import { queries } from "../queries";
import { useOperator } from "../session/store";
import { maySee } from "../threads/allowed";
import { changeThread } from "../threads/store";

/** While this changes, the history grows. */
function changes(conversation: Conversation): string {
  const { status, rev, assignee, requested_at, priority, contact, contact_rev } = conversation;
  if (status !== "open") return `${status} ${rev}`;
  return `${assignee?.id} ${requested_at} ${priority} ${contact.name} ${contact_rev}`;
}

/** How the visitor can be reached. Nothing is asked before they, or their page, have told who they are. */
export function useContact(conversation: Conversation) {
  const { id, contact, contact_rev } = conversation;
  const theirs = maySee(conversation, useOperator());
  return useQuery({
    queryKey: ["details", id, changes(conversation)],
    queryFn: () => fetchDetails(id),
    enabled: theirs && (contact.name !== null || contact_rev > 0),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.contact;
}

/** After what only the contact itself tells of. */
export async function refreshDetails(id: string): Promise<void> {
  void queries.invalidateQueries({ queryKey: ["details", id] });
  const { history } = await fetchDetails(id);
  changeThread(id, (thread) => ({ ...thread, history }));
}

/** Keeps the history of the open thread fresh: opening has read it, what comes later is asked for. */
export function useFreshHistory(conversation: Conversation): void {
  const { id } = conversation;
  const theirs = maySee(conversation, useOperator());
  const now = changes(conversation);
  const opened = useRef(now);
  const history = useQuery({
    queryKey: ["details", id, now],
    queryFn: () => fetchDetails(id),
    enabled: theirs && opened.current !== now,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.history;
  useEffect(() => {
    if (history && opened.current !== now) changeThread(id, (thread) => ({ ...thread, history }));
  }, [id, now, history]);
}
