/** The read mark: set while the assignee looks at the conversation, with all its messages there. */

import { useEffect, useState } from "react";
import { useConversations } from "../conversations/store";
import { useSession } from "../session/store";
import { markRead } from "../threads/actions";
import { isBehind } from "../threads/load";
import { changeThread, useThreads } from "../threads/store";

export function useReading(id: string): void {
  const attentive = useAttention();
  const conversation = useConversations((state) => state.byId[id]);
  const thread = useThreads((state) => state.byId[id]);
  const operatorId = useSession((state) => state.operator?.id);
  const count = conversation?.in_count ?? 0;
  const complete = thread?.state === "ready" && !isBehind(id);
  const unread = conversation?.assignee?.id === operatorId && (conversation?.unread ?? 0) > 0;
  useEffect(() => {
    if (attentive && unread && complete) void markRead(id, count);
  }, [attentive, unread, complete, id, count]);
  useDivider(id, attentive);
}

/** What arrives while nobody looks gets the divider above it. */
function useDivider(id: string, attentive: boolean): void {
  const newest = useThreads((state) => state.byId[id]?.messages.at(-1));
  useEffect(() => {
    if (attentive || newest?.direction !== "in") return;
    const news = Date.now() - Date.parse(newest.created_at) < 60_000;
    if (!news) return;
    changeThread(id, (thread) =>
      thread.unreadFrom ? thread : { ...thread, unreadFrom: newest.seq },
    );
  }, [id, attentive, newest]);
}

/** Whether somebody looks: the tab is visible and has the focus. */
export function useAttention(): boolean {
  const [attentive, setAttentive] = useState(isAttentive);
  useEffect(() => {
    const look = () => setAttentive(isAttentive());
    const events = ["focus", "blur"] as const;
    for (const event of events) addEventListener(event, look);
    document.addEventListener("visibilitychange", look);
    return () => {
      for (const event of events) removeEventListener(event, look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return attentive;
}

const isAttentive = () => document.visibilityState === "visible" && document.hasFocus();
