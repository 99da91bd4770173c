/** What came while nobody looked: where it begins in the thread, a sound, and a number in the page's title. */

import { alone } from "@shared/locks";
import { readItem, removeItem, writeItem } from "@shared/storage";
import { Tones } from "@shared/tones";
import type { Message } from "@shared/wire";
import { onChange, signal } from "../signal";
import type { Widget } from "../widget";

/** A tab that has it on the screen says so within this time. */
const SEEN_ELSEWHERE_MS = 250;
const HERTZ = [659, 880];
const VOLUME = 0.5;

const isLooking = (widget: Widget) => widget.open.value && !document.hidden;

/** The line above which all was read: it stays while the visitor reads on, and goes with their own next words. */
export function markNew(widget: Widget): () => void {
  let pending = widget.outbox.entries.value.length;
  const look = () => {
    const now = widget.outbox.entries.value.length;
    if (!isLooking(widget)) widget.newFrom.value = firstUnread(widget);
    else if (now > pending) widget.newFrom.value = 0;
    pending = now;
  };
  look();
  return onChange(look);
}

function firstUnread({ conversation: { unread, messages } }: Widget): number {
  if (!unread) return 0;
  const answers = messages.value.filter(({ direction }) => direction === "out");
  return answers[answers.length - unread]?.seq ?? 0;
}

/** The visitor wants no sound, on any page of the site. */
export const muted = signal(false);

const mutedKey = (widget: Widget) => `${widget.key}:muted`;

export function mute(widget: Widget, wanted: boolean): void {
  muted.value = wanted;
  if (wanted) writeItem(mutedKey(widget), "1");
  else removeItem(mutedKey(widget));
}

const tones = new Tones(() => {});

/** A tone for what comes while the dialog is closed or the page hidden; in one tab of them. */
export function soundNews(widget: Widget): () => void {
  muted.value = readItem(mutedKey(widget)) !== null;
  const forgetGesture = tones.awaitGesture();
  let heard = widget.news.value;
  const forget = onChange(() => {
    const news = widget.news.value;
    if (news === heard) return;
    heard = news;
    if (news && !isLooking(widget)) setTimeout(() => void sound(widget, news), SEEN_ELSEWHERE_MS);
  });
  return () => {
    forget();
    forgetGesture();
  };
}

async function sound(widget: Widget, { id }: Message): Promise<void> {
  if (!tones.allowed || muted.value || isLooking(widget) || !widget.conversation.unread) return;
  const key = `${widget.key}:sounded`;
  const first = await alone(key, async () => readItem(key) !== id && writeItem(key, id));
  if (first) tones.play(HERTZ, VOLUME);
}

/** How many wait, before the page's own title, while the page is hidden. */
export function countInTitle(widget: Widget): () => void {
  let ours: string | null = null;
  let theirs = "";
  const show = (unread: number) => {
    // Whatever the page has called itself meanwhile stays.
    if (document.title === ours) document.title = theirs;
    ours = null;
    if (!unread) return;
    theirs = document.title;
    ours = document.title = `(${unread}) ${theirs}`;
  };
  const look = () => show(document.hidden ? widget.conversation.unread : 0);
  const forget = onChange(look);
  document.addEventListener("visibilitychange", look);
  return () => {
    forget();
    document.removeEventListener("visibilitychange", look);
    show(0);
  };
}
