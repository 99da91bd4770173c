/** The server refused what the operator did: tell why, and fetch how the conversation stands now. */

import { ApiError } from "@shared/api";
import type { Colleague, Directory } from "@shared/wire";
import { loadLists } from "../conversations/load";
import { conversationOf } from "../conversations/store";
import { errorText } from "../i18n/errors";
import { text } from "../i18n/language";
import { notify } from "../parts/notify";
import { queries } from "../queries";
import { openThread } from "./load";

const STALE = new Set<ApiError["code"]>(["already_taken", "not_open", "forbidden", "not_found"]);

/** Answers "gone" when the conversation is no longer this operator's to see. */
export async function refused(id: string, error: unknown): Promise<"gone" | "there"> {
  const stale = error instanceof ApiError && STALE.has(error.code);
  if (stale) await fetchAgain(id);
  notify(reason(id, error));
  return stale && !conversationOf(id) ? "gone" : "there";
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

async function fetchAgain(conversationId: string): Promise<void> {
  loadLists().catch(() => null);
  await openThread(conversationId).catch(() => null);
}
