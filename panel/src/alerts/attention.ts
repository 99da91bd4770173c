/** What the operator has before their eyes, in whichever tab: no alert is needed of that. */

import { uuid } from "@shared/ids";
import { Tabs } from "@shared/tabs";
import { useViewing, viewing } from "../realtime/viewing";
import { isAttentive } from "../thread/useAttention";

/** `conversation`: the one on the screen of a tab that has the focus. */
interface Note {
  tab: string;
  focused: boolean;
  conversation: string | null;
}

const tab = uuid();
const others = new Map<string, string | null>();
let tabs: Tabs<Note> | undefined;

/** Tells the other tabs, and listens to them, until the returned function is called. */
export function shareAttention(): () => void {
  const shared = new Tabs<Note>("messenger:panel:attention", hear);
  tabs = shared;
  const forget = useViewing.subscribe(tell);
  const events: [EventTarget, string, () => void][] = [
    [window, "focus", tell],
    [window, "blur", tell],
    [document, "visibilitychange", tell],
    [window, "pagehide", leave],
  ];
  for (const [target, event, act] of events) target.addEventListener(event, act);
  tell();
  return () => {
    forget();
    for (const [target, event, act] of events) target.removeEventListener(event, act);
    leave();
    shared.close();
    others.clear();
  };
}

/** Whether some tab with the focus shows the panel. */
export const isSomewhere = (): boolean => isAttentive() || others.size > 0;

/** Whether that conversation is before the operator's eyes. */
export function isLookedAt(conversationId: string): boolean {
  if (isAttentive() && viewing() === conversationId) return true;
  return [...others.values()].includes(conversationId);
}

function tell(): void {
  const focused = isAttentive();
  // One tab has the focus at a time: what a tab that crashed has told is forgotten so.
  if (focused) others.clear();
  tabs?.tell({ tab, focused, conversation: viewing() });
}

const leave = () => tabs?.tell({ tab, focused: false, conversation: null });

function hear(note: Note): void {
  if (note.focused) others.set(note.tab, note.conversation);
  else others.delete(note.tab);
}
