/** Offline requests that wait for an answer, as far as they are this operator's to answer. */

import { useOversees } from "../session/role";
import { rows } from "./listing";
import { useConversations } from "./store";

/**
 * How many there are. Operators find theirs among their own and the queue's, which are always fresh; who oversees
 * has them all in the list.
 */
export function useRequestCount(operatorId: string): number {
  const oversees = useOversees();
  return useConversations(({ byId, lists }) => {
    if (oversees) return rows("requests", lists.requests, byId, operatorId).length;
    const known = [
      ...rows("mine", lists.mine, byId, operatorId),
      ...rows("queue", lists.queue, byId, operatorId),
    ];
    return known.filter(({ requested_at }) => requested_at).length;
  });
}

export function useMoreRequests(): boolean {
  const oversees = useOversees();
  return useConversations(({ lists }) =>
    oversees ? lists.requests.next !== null : lists.queue.next !== null,
  );
}
