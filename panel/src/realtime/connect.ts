/** The panel's one realtime connection, from sign-in to sign-out. */

import { Realtime } from "@shared/realtime";
import type { PanelFrame } from "@shared/wire";
import { fetchTicket } from "../api/panel";
import { rows } from "../conversations/listing";
import { loadLists } from "../conversations/load";
import { useConversations } from "../conversations/store";
import { queries } from "../queries";
import { expire, operatorId } from "../session/store";
import { catchUp } from "../threads/load";
import { flushAll } from "../threads/outbox";
import { receiveFrame } from "./frames";
import { recheckViewed } from "./recheck";
import { lendSocket } from "./speak";
import { setRealtimeState } from "./state";
import { useViewing, viewing } from "./viewing";

const REVS_MAX = 50;

const realtime = new Realtime<PanelFrame>({
  ticket: fetchTicket,
  ping,
  onFrame: receiveFrame,
  onResume: resume,
  onState: (state) => {
    setRealtimeState(state);
    if (state === "live") void queries.invalidateQueries({ queryKey: ["directory"] });
  },
  onUnauthorized: expire,
});
lendSocket(realtime);

/** Connected while somebody is signed in; returns how to stop. */
export function connect(): () => void {
  realtime.start();
  const forget = useViewing.subscribe(tellViewing);
  return () => {
    forget();
    realtime.stop();
  };
}

let telling = false;

/** From one conversation to the next is one ping, not two. */
function tellViewing(): void {
  if (telling) return;
  telling = true;
  queueMicrotask(() => {
    telling = false;
    realtime.pingNow();
  });
}

export const wake = () => realtime.wake();

/** What is on the screen, with its revisions; the answer tells what was missed. */
export function ping() {
  const { byId, lists, tab, listRev } = useConversations.getState();
  const id = viewing();
  const shown = rows(tab, lists[tab], byId, operatorId()).slice(0, REVS_MAX - 1);
  const viewed = id ? byId.get(id) : undefined;
  const known = viewed ? [viewed, ...shown] : shown;
  const revs = Object.fromEntries(known.map((each) => [each.id, each.rev]));
  return { revs, list_rev: listRev, viewing: id };
}

/** Everything a break may have hidden. */
async function resume(): Promise<void> {
  const id = viewing();
  flushAll();
  await Promise.all([loadLists().then(recheckViewed), id ? catchUp(id) : null]);
}
