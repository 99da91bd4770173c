/** What has been read, and what came while nobody looked. */

import { useEffect } from "react";
import { useConversations } from "../conversations/store";
import { useSession } from "../session/store";
import { markRead } from "../threads/actions";
import { isBehind } from "../threads/load";
import { changeThread, useThreads } from "../threads/store";

const FRESH_MS = 60_000;

/** The read mark: set while the assignee looks at the conversation with all its messages there. */
export function useReading(id: string, attentive: boolean): void {
  const conversation = useConversations((state) => state.byId.get(id));
  const thread = useThreads((state) => state.byId[id]);
  const operatorId = useSession((state) => state.operator?.id);
  const count = conversation?.in_count ?? 0;
  const complete = thread?.state === "ready" && !isBehind(id);
  const unread = conversation?.assignee?.id === operatorId && (conversation?.unread ?? 0) > 0;
  useEffect(() => {
    if (attentive && unread && complete) markRead(id, count);
  }, [attentive, unread, complete, id, count]);
}

/** What arrives while nobody looks gets the divider above it. */
export function useDivider(id: string, attentive: boolean): void {
  const newest = useThreads((state) => state.byId[id]?.messages.at(-1));
  useEffect(() => {
    if (attentive || newest?.direction !== "in") return;
    if (Date.now() - Date.parse(newest.created_at) > FRESH_MS) return;
    changeThread(id, (thread) =>
      thread.unreadFrom ? thread : { ...thread, unreadFrom: newest.seq },
    );
  }, [id, attentive, newest]);
}
