/** The server refused what the operator did: tell why, and fetch how the conversation stands now. */

import { ApiError } from "@shared/api";
import type { Colleague, Directory } from "@shared/wire";
import { loadLists } from "../conversations/load";
import { conversationOf } from "../conversations/store";
import { errorText } from "../i18n/errors";
import { text } from "../i18n/language";
import { notify } from "../parts/notify";
import { queries } from "../queries";
import { isAway, openThread } from "./load";

const STALE = new Set<ApiError["code"]>(["already_taken", "not_open", "forbidden", "not_found"]);

/** Answers "gone" when the conversation is no longer this operator's to see. */
export async function refused(id: string, error: unknown): Promise<"gone" | "there"> {
  const stale = error instanceof ApiError && STALE.has(error.code);
  const found = stale ? await fetchAgain(id) : "there";
  notify(reason(id, error));
  return found;
}

function reason(conversationId: string, error: unknown): string {
  const taken = error instanceof ApiError && error.code === "already_taken";
  const winner = taken && (conversationOf(conversationId)?.assignee ?? namedIn(error));
  return winner ? text()("notice.taken", { name: winner.name }) : errorText(text(), error);
}

/** Who no longer sees the conversation still learns who has it: the server's words begin with the name. */
function namedIn(error: ApiError): Colleague | undefined {
  const directory = queries.getQueryData<Directory>(["directory"]);
  return directory?.operators.find(({ name }) => error.message.startsWith(name));
}

/** Whether it is there only the server knows: what cannot be fetched is not gone. */
async function fetchAgain(conversationId: string): Promise<"gone" | "there"> {
  loadLists().catch(() => null);
  try {
    await openThread(conversationId);
    return "there";
  } catch (error) {
    return isAway(error) ? "gone" : "there";
  }
}
