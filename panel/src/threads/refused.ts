/** The server refused what the operator did: tell why, and fetch how the conversation stands now. */

import { ApiError } from "@shared/api";
import type { Colleague, Directory } from "@shared/wire";
import { openConversation } from "../api/panel";
import { loadLists } from "../conversations/load";
import { conversationOf, receiveConversations } from "../conversations/store";
import { errorText } from "../i18n/errors";
import { text } from "../i18n/language";
import { notify } from "../parts/notify";
import { queries } from "../queries";
import { receiveMessages } from "./store";

const STALE = new Set<ApiError["code"]>(["already_taken", "not_open", "forbidden", "not_found"]);

export async function refused(conversationId: string, error: unknown): Promise<void> {
  const stale = error instanceof ApiError && STALE.has(error.code);
  if (stale) await fetchAgain(conversationId);
  notify(reason(conversationId, error));
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
  try {
    const { conversation, messages } = await openConversation(conversationId);
    receiveConversations(conversation);
    receiveMessages(conversationId, messages);
  } catch {
    // An operator loses sight of what a colleague took: the list tells the rest.
  }
}
