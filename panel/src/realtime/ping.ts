/** What a ping says we have: the answer tells what of it we missed. */

import { rows } from "../conversations/listing";
import { useConversations } from "../conversations/store";
import { operatorId } from "../session/store";
import { viewing } from "./viewing";

/** The server looks up no more at once. */
const REVS_MAX = 50;
const ON_SCREEN = 20;

let turn = 0;

/** Always what is on the screen and what is this operator's; by turns what else is listed. */
export function ping() {
  const { byId, lists, tab, listRev } = useConversations.getState();
  const listed = (each: typeof tab) => rows(each, lists[each], byId, operatorId());
  const id = viewing();
  const viewed = (id && byId.get(id)) || [];
  const shown = listed(tab);
  const always = new Set([viewed, listed("mine"), shown.slice(0, ON_SCREEN)].flat());
  const others = [...new Set([...listed("queue"), ...shown])].filter((each) => !always.has(each));
  const room = Math.max(0, REVS_MAX - always.size);
  const start = others.length > room ? turn % others.length : 0;
  turn = start + room;
  const known = [...always, ...others.slice(start), ...others.slice(0, start)].slice(0, REVS_MAX);
  const revs = Object.fromEntries(known.map((each) => [each.id, each.rev]));
  return { revs, list_rev: listRev, viewing: id };
}
