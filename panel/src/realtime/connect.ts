/** The panel's one realtime connection, from sign-in to sign-out. */

import { Realtime } from "@shared/realtime";
import type { PanelFrame } from "@shared/wire";
import { fetchTicket } from "../api/panel";
import { loadListsAnew } from "../conversations/load";
import { useConversations } from "../conversations/store";
import { queries } from "../queries";
import { expire } from "../session/store";
import { catchUp } from "../threads/load";
import { flushAll } from "../threads/outbox";
import { receiveFrame } from "./frames";
import { ping } from "./ping";
import { recheckViewed } from "./recheck";
import { lendSocket } from "./speak";
import { setRealtimeState } from "./state";
import { useViewing, viewing } from "./viewing";

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
  const forgets = [
    useViewing.subscribe(tellViewing),
    useConversations.subscribe((now, before) => {
      if (now.byId !== before.byId) realtime.stir();
    }),
  ];
  return () => {
    for (const forget of forgets) forget();
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

/** Everything a break may have hidden. */
async function resume(): Promise<void> {
  const id = viewing();
  flushAll();
  await Promise.all([loadListsAnew().then(recheckViewed), id ? catchUp(id) : null]);
}
