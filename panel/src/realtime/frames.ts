/** What a frame does. Frames come twice, out of order, or not at all. */

import type { Directory, PanelFrame, PresenceFrame } from "@shared/wire";
import { noticeAlarm } from "../conversations/alarms";
import { loadListsSoon, noticeListRev } from "../conversations/load";
import { receiveGone, receiveMoved } from "../conversations/movedOn";
import { receiveConversations } from "../conversations/store";
import { queries, team } from "../queries";
import { setOperator, useSession } from "../session/store";
import { catchUp, isBehind } from "../threads/load";
import { receiveMessages } from "../threads/store";
import { noticeSaid, writers } from "../typing/writers";
import { recheckViewed } from "./recheck";
import { viewing } from "./viewing";

export function receiveFrame(frame: PanelFrame): void {
  noticeTeam(frame);
  switch (frame.type) {
    case "message":
      receiveMessages(frame.conversation.id, [frame.message]);
      noticeSaid(frame.message);
      noticeAlarm(frame.conversation);
      receiveConversations(frame.conversation);
      break;
    case "typing":
      writers.hear(frame);
      break;
    case "conversation":
      noticeAlarm(frame.conversation);
      receiveConversations(frame.conversation);
      break;
    case "list":
      if (frame.moved) receiveMoved(frame.moved);
      loadListsSoon(recheckViewed);
      break;
    case "presence":
      receivePresence(frame);
      break;
    case "pong":
      for (const each of frame.conversations) noticeAlarm(each);
      receiveConversations(...frame.conversations);
      receiveGone(frame.gone);
      noticeListRev(frame.list_rev, recheckViewed);
      break;
  }
  fillGap();
}

/** Only the conversation on the screen is filled at once; the others are when they are opened. */
function fillGap(): void {
  const id = viewing();
  if (id && isBehind(id)) catchUp(id).catch(() => null);
}

/** Loads and presence have changed: who looks at the team sees it at once. */
function noticeTeam({ type }: PanelFrame): void {
  if (type !== "list" && type !== "conversation" && type !== "presence") return;
  void queries.invalidateQueries(
    { queryKey: team.queryKey, exact: true },
    { cancelRefetch: false },
  );
}

function receivePresence({ operator_id, presence }: PresenceFrame): void {
  const { operator } = useSession.getState();
  if (operator?.id === operator_id) setOperator({ ...operator, presence });
  queries.setQueryData<Directory>(["directory"], (directory) => {
    if (!directory) return directory;
    const operators = directory.operators.map((each) =>
      each.id === operator_id ? { ...each, presence } : each,
    );
    return { ...directory, operators };
  });
}
