/** What the page can ask of the widget, and hear from it: `Messenger("on", "message", …)`. See docs/widget-api.md. */

import type { Language } from "@shared/i18n";
import { keysWith, removeItem } from "@shared/storage";
import type { Call, Handover } from "../loader/handover";
import { Identity } from "./identity";
import { leaving } from "./part";
import { onChange } from "./signal";
import type { Widget } from "./widget";

export interface Site {
  widget: Widget;
  handover: Handover;
  /** Stops the widget and takes it off the screen. */
  leave(): void;
  /** Another widget in its place, as the script tag says now. */
  begin(): void;
}

type Listener = (details: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
let followed: Site | null = null;
let unfollow = () => {};
const identity = new Identity((why, field) => {
  // biome-ignore lint/suspicious/noConsole: the site's developer is the one who can do something about it
  console.warn(`Messenger: identify: ${field ? `${field}: ` : ""}${why}`);
  tell("error", { reason: "identify", field });
});

export function obey(site: Site, calls: readonly Call[]): void {
  if (followed !== site) follow(site);
  for (const [command, ...more] of calls) commands[command]?.(site, ...more);
}

const commands: Record<string, (site: Site, ...more: unknown[]) => void> = {
  open: ({ widget }) => widget.show(),
  close: ({ widget }) => widget.hide(),
  toggle: ({ widget }) => (widget.open.value ? widget.hide() : widget.show()),
  set: (site, wanted) => {
    const language = (wanted as { language?: Language } | undefined)?.language;
    if (!language || language === site.widget.language) return;
    site.handover.data.lang = language;
    const open = site.widget.open.value;
    site.leave();
    site.begin();
    if (open) window.Messenger?.("open");
  },
  identify: ({ widget }, facts) => {
    identity.say(facts);
    identity.look(widget);
  },
  on: (_site, event, listener) => {
    if (typeof listener !== "function") return;
    const name = String(event);
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener as Listener));
    if (name === "ready") tell("ready", {}, listener as Listener);
  },
  reset: (site) => {
    const ours = `messenger:${site.handover.data.inbox}`;
    identity.forget();
    leaving.show(({ forget }) => forget());
    site.leave();
    for (const key of keysWith(ours))
      if (key === ours || key.startsWith(`${ours}:`)) removeItem(key);
    site.begin();
  },
  destroy: (site) => {
    identity.forget();
    site.leave();
    unfollow();
    listeners.clear();
    (site.handover.root.host as HTMLElement).remove();
    window.Messenger = undefined;
  },
};

/** Tells the page what changes from now on. */
function follow(site: Site): void {
  const { widget } = site;
  const { conversation } = widget;
  followed = site;
  unfollow();
  const look = () => ({
    begun: widget.inbox.value !== null,
    open: widget.open.value,
    unread: conversation.unread,
    rating: conversation.current.value?.rating?.score ?? null,
    trouble: widget.trouble.value,
  });
  // The page may have opened it before this part came, in vain even; what was said earlier is history.
  let was: ReturnType<typeof look> = { ...look(), open: false, unread: 0, trouble: null };
  let seen = new Set(conversation.messages.value.map(({ id }) => id));
  const compare = () => {
    const is = look();
    if (is.open !== was.open) tell(is.open ? "opened" : "closed", {});
    if (is.unread !== was.unread) tell("unread", { count: is.unread });
    if (was.begun && is.rating !== null && is.rating !== was.rating) {
      tell("rated", { score: is.rating });
    }
    if (is.trouble && is.trouble !== was.trouble) tell("error", { reason: is.trouble });
    const messages = conversation.messages.value;
    for (const { id, direction, body, author, created_at } of messages) {
      // What came with the beginning is history.
      if (!was.begun || seen.has(id) || (direction !== "in" && direction !== "out")) continue;
      tell("message", {
        id,
        from: direction === "in" ? "visitor" : "operator",
        body,
        name: author.name,
        at: created_at,
      });
    }
    seen = new Set(messages.map(({ id }) => id));
    was = is;
    identity.look(widget);
  };
  unfollow = onChange(compare);
  queueMicrotask(compare);
}

/** A listener that fails is the page's trouble, not the conversation's. */
function tell(event: string, details: object, only?: Listener): void {
  for (const listener of only ? [only] : (listeners.get(event) ?? [])) {
    try {
      listener(details);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
