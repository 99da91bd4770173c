/** What a frame does. Frames come twice, out of order, or not at all. */

import type { Directory, PanelFrame, PresenceFrame } from "@shared/wire";
import { loadListsSoon, noticeListRev } from "../conversations/load";
import { receiveConversations } from "../conversations/store";
import { queries } from "../queries";
import { setOperator, useSession } from "../session/store";
import { catchUp, isBehind } from "../threads/load";
import { receiveMessages } from "../threads/store";
import { recheckViewed } from "./recheck";
import { viewing } from "./viewing";

export function receiveFrame(frame: PanelFrame): void {
  switch (frame.type) {
    case "message":
      receiveMessages(frame.conversation.id, [frame.message]);
      receiveConversations(frame.conversation);
      break;
    case "conversation":
      receiveConversations(frame.conversation);
      break;
    case "list":
      loadListsSoon(recheckViewed);
      break;
    case "presence":
      receivePresence(frame);
      break;
    case "pong":
      receiveConversations(...frame.conversations);
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
