/** What the tabs of one browser tell each other about the session. */

import type { Session } from "@shared/wire";
import { admit, useSession } from "./store";

type News =
  | { kind: "session"; session: Pick<Session, "access_token" | "operator"> }
  | { kind: "signed_out" };

const channel =
  typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("messenger:panel");

export function tellTabs(news: News): void {
  channel?.postMessage(news);
}

/** `startAfresh` drops everything in memory: it belongs to somebody who is no longer signed in. */
export function listenToTabs(startAfresh: () => void): void {
  if (!channel) return;
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    const mine = useSession.getState().operator?.id;
    if (data.kind === "signed_out" || (mine && mine !== data.session.operator.id)) startAfresh();
    else admit(data.session);
  };
}
