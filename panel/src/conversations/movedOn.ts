/** Tells the operator that a conversation has left them: time ran out, or a colleague has it now. */

import { ApiError } from "@shared/api";
import type { Conversation, Directory, Moved, PongFrame } from "@shared/wire";
import { fetchAfter } from "../api/panel";
import { text } from "../i18n/language";
import { notify } from "../parts/notify";
import { contactName } from "../parts/person";
import { queries } from "../queries";
import { serverTime } from "../realtime/clock";
import { operatorId } from "../session/store";
import { letGo } from "../threads/load";
import { rows } from "./listing";
import { deadline, left } from "./mine";
import { conversationOf, useConversations } from "./store";

/** Being handed on by this operator: no news to them. */
const handing = new Set<string>();

export async function handingOn<Answer>(id: string, work: () => Promise<Answer>): Promise<Answer> {
  handing.add(id);
  try {
    return await work();
  } finally {
    handing.delete(id);
  }
}

const wentTo = new Map<string, Moved>();

/** A frame tells where it went: it leaves this screen at once, and nothing need be asked. */
export function receiveMoved(moved: Moved): void {
  const { conversation_id: id, rev } = moved;
  const known = conversationOf(id);
  if (!known || known.rev >= rev || handing.has(id)) return;
  wentTo.set(id, moved);
  letGo(id, rev);
  wentTo.delete(id);
}

/** What a pong names, each with its `rev` now: the frame that told so was lost. */
export function receiveGone(gone: PongFrame["gone"]): void {
  for (const [id, rev] of Object.entries(gone)) {
    const known = conversationOf(id);
    if (known && known.rev < rev && !handing.has(id)) letGo(id, rev);
  }
}

/** Watches until the returned function is called. */
export function watchMine(): () => void {
  const mine = () => {
    const { byId, lists } = useConversations.getState();
    return rows("mine", lists.mine, byId, operatorId());
  };
  let before = mine();
  return useConversations.subscribe(({ byId }) => {
    const after = mine();
    if (after === before) return;
    const gone = left(before, after, byId);
    before = after;
    for (const each of gone) if (!handing.has(each.id)) void tell(each);
  });
}

async function tell(was: Conversation): Promise<void> {
  const moved = wentTo.get(was.id);
  const now = conversationOf(was.id);
  const holder = moved ? moved.operator : anothers(now);
  if (!moved && !holder && !(await isGone(was.id))) return;
  const name = contactName(was.contact, text());
  const missed = serverTime(Date.now()) >= deadline(was);
  const branch = moved && moved.branch_id !== was.branch_id ? branchName(moved.branch_id) : "";
  const t = text();
  if (now?.queued) {
    notify(t(missed ? "ring.movedOnQueued" : "ring.queued", { name }));
  } else if (holder) {
    const operator = branch ? `${holder.name} (${branch})` : holder.name;
    notify(t(missed ? "ring.movedOnTo" : "ring.takenBy", { name, operator }));
  } else if (branch) {
    notify(t("ring.toBranch", { name, branch }));
  } else {
    notify(t(missed ? "ring.movedOn" : "ring.taken", { name }));
  }
}

const anothers = (now: Conversation | undefined) =>
  now?.assignee?.id === operatorId() ? null : (now?.assignee ?? null);

function branchName(id: string): string {
  const directory = queries.getQueryData<Directory>(["directory"]);
  return directory?.branches.find((each) => each.id === id)?.name ?? "";
}

/** A list that was fetched before the news came may lack what is still ours: the server knows. */
async function isGone(id: string): Promise<boolean> {
  const known = conversationOf(id);
  if (known?.assignee?.id !== operatorId()) return true;
  try {
    await fetchAfter(id, known.seq);
    return false;
  } catch (error) {
    return error instanceof ApiError && error.status === 404;
  }
}
