/** Tells the other side that a reply is being written. */

import { Writer } from "@shared/typing";
import { useEffect, useState } from "react";
import { say } from "../realtime/speak";

/** For the composer of one conversation, as long as it is there. */
export function useTelling(conversation_id: string): Writer {
  const [writer] = useState(
    () => new Writer((writing) => say({ type: "typing", conversation_id, writing })),
  );
  useEffect(() => () => writer.sent(), [writer]);
  return writer;
}
