/** What it means that a conversation is on the screen: the server is told, and fetches follow. */

import { useEffect, useRef } from "react";
import { useConversations } from "../conversations/store";
import { useViewing } from "../realtime/viewing";
import { useSession } from "../session/store";
import { maySee } from "../threads/allowed";
import { openThread } from "../threads/load";
import { useThreads } from "../threads/store";
import { useAttention } from "./useAttention";
import { useDivider, useReading } from "./useReading";

export function useOpening(id: string): void {
  const attentive = useAttention();
  useViewed(id);
  useOpened(id, attentive);
  useReading(id, attentive);
  useDivider(id, attentive);
}

function useViewed(id: string): void {
  useEffect(() => {
    useViewing.setState({ id });
    return () => useViewing.setState({ id: null });
  }, [id]);
}

/**
 * Opened when it comes to the screen, when the session is back, for each new assignee who looks at it or branch that it
 * came to, and when it is theirs again after it was gone; not when it was handed on to somebody whose it is alone.
 */
function useOpened(id: string, attentive: boolean): void {
  const { status, operator } = useSession();
  const signedIn = status === "signed_in";
  const conversation = useConversations(({ byId }) => byId.get(id));
  const hands = conversation && `${conversation.branch_id} ${conversation.assignee_assigned_at}`;
  const theirs = conversation && operator && maySee(conversation, operator);
  const gone = useThreads(({ byId }) => byId[id]?.state === "gone");
  const opened = useRef<string | undefined>(undefined);
  useEffect(() => {
    opened.current = undefined;
    if (signedIn) openThread(id).catch(() => null);
  }, [id, signedIn]);
  useEffect(() => {
    const known = opened.current !== undefined;
    if (!theirs) return;
    if (known && (gone || opened.current !== hands) && attentive) openThread(id).catch(() => null);
    if (attentive || !known) opened.current = hands;
  }, [id, hands, theirs, gone, attentive]);
}
