/** Shortcuts, matched by the key's place: they hold in Russian layouts too. */

import { useEffect } from "react";
import { useLocation } from "wouter";
import { rows } from "../conversations/listing";
import { ringing } from "../conversations/mine";
import { conversationOf, useConversations } from "../conversations/store";
import { operatorId, useSession } from "../session/store";
import { startTransfer } from "../team/transferring";
import { close } from "../threads/actions";
import { mayClose, mayTransfer } from "../threads/allowed";

export function useShortcuts(id: string | null): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const act = shortcut(event.code, id, navigate);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [id, navigate]);
}

function shortcut(code: string, id: string | null, navigate: (to: string) => void) {
  if (code === "KeyJ") return () => step(1, id, navigate);
  if (code === "KeyK") return () => step(-1, id, navigate);
  if (code === "KeyE") return () => closeCurrent(id);
  if (code === "KeyT") return () => transferCurrent(id);
  if (code === "KeyO") return () => openRinging(navigate);
  return null;
}

function step(by: 1 | -1, id: string | null, navigate: (to: string) => void): void {
  const { byId, lists, tab } = useConversations.getState();
  const ids = rows(tab, lists[tab], byId, operatorId()).map((each) => each.id);
  const at = id ? ids.indexOf(id) : -1;
  const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by];
  if (next) navigate(`/conversations/${next}`);
}

function closeCurrent(id: string | null): void {
  const conversation = id ? conversationOf(id) : undefined;
  if (conversation && mayClose(conversation, operatorId())) void close(conversation.id);
}

function transferCurrent(id: string | null): void {
  const conversation = id ? conversationOf(id) : undefined;
  const { operator } = useSession.getState();
  if (conversation && operator && mayTransfer(conversation, operator))
    startTransfer(conversation.id);
}

function openRinging(navigate: (to: string) => void): void {
  const { byId, lists } = useConversations.getState();
  const [first] = ringing(rows("mine", lists.mine, byId, operatorId()));
  if (first) navigate(`/conversations/${first.id}`);
}
