/** The widget without its looks: what is known, what is going on, and what the visitor can do. */

import { ApiError, isTransient, NetworkError } from "@shared/api";
import type { Language } from "@shared/i18n";
import type { RealtimeState } from "@shared/realtime";
import { readItem, removeItem, writeItem } from "@shared/storage";
import { Tabs } from "@shared/tabs";
import { stillPending } from "@shared/thread";
import type {
  Attachment,
  Bootstrap,
  Captcha,
  ClientFrame,
  Face,
  IdentifyRequest,
  Message,
  Offline,
  OfflineAnswer,
  Ticket,
  TypingFrame,
  VisitorConversation,
  VisitorFrame,
  WidgetInbox,
} from "@shared/wire";
import { Client } from "./client";
import { ConversationState, type Seen } from "./conversation";
import { Live } from "./live";
import { wear } from "./look";
import { type Entry, Outbox, pauseSeconds } from "./outbox";
import { files } from "./part";
import { onChange, type Signal, signal } from "./signal";

/** What one tab tells the others. */
type Note =
  | { kind: "outbox" }
  | { kind: "settled"; clientId: string }
  | { kind: "news"; conversation: VisitorConversation; messages: readonly Message[] }
  | { kind: "seen"; seen: Seen };

/** Why things do not move; `pause`: the server asked us to wait. */
export type Trouble = "server" | "unavailable" | "pause";

export interface WidgetOptions {
  inbox: string;
  api: string;
  language: Language;
}

/** Who the page says the visitor is. */
export type Said = { [Fact in keyof IdentifyRequest]?: string };

/** A break of the line shorter than this is nobody's business. */
const PATIENCE_MS = 1_500;
/** Operators come and go: who opens the widget later than this asks again whether somebody is there. */
const OFFLINE_MS = 60_000;
/** A visitor's socket has no lease to renew, and each frame tells the whole conversation: only silence asks. */
const PING_SECONDS = 90;

export class Widget {
  readonly language: Language;
  readonly api: string;
  /** What all that the browser keeps of this inbox begins with. */
  readonly key: string;
  readonly conversation = new ConversationState();
  readonly outbox: Outbox;
  readonly open = signal(false);
  readonly inbox = signal<WidgetInbox | null>(null);
  readonly operator = signal<Face | null>(null);
  readonly connection = signal<RealtimeState>("stopped");
  readonly trouble = signal<Trouble | null>(null);
  /** Seconds until a pause is over: at its beginning, and now. */
  pauseSeconds = 0;
  readonly pauseLeft = signal(0);
  /** The refusal with the challenge that is to be solved before texts go out. */
  readonly asked = signal<ApiError | null>(null);
  /** The site may not show this inbox: nothing of it is seen. */
  readonly unwelcome = signal(false);
  said: Said = {};
  /** The server knows something of that. */
  identified = false;
  /** The server's clock minus ours: a device's may be days off. */
  ahead = 0;
  /** The newest message of an operator that came while the page was open. */
  readonly news = signal<Message | null>(null);
  readonly online = signal(navigator.onLine !== false);
  readonly draft: Signal<string>;
  /** Files that came before it was known whether they may. */
  readonly early: File[] = [];
  readonly loadingOlder = signal(false);
  /** Who of the operators is writing. */
  readonly writing = signal<string | null>(null);
  /** The `seq` from which on the visitor has not read; 0: all. */
  readonly newFrom = signal(0);
  onTyping: ((frame: TypingFrame) => void) | undefined;
  /** A conversation of an earlier page is on its way to the screen. */
  readonly resuming = signal(false);
  /** What the inbox says while nobody is there; null while somebody is. */
  readonly offline = signal<string | null>(null);
  private offlineAt = 0;

  /** Whether nobody is there for what the visitor would begin. */
  get absent(): boolean {
    const { value: known } = this.conversation.current;
    return this.offline.value !== null && known?.status !== "open" && !this.pending.length;
  }

  /** Own texts that the server has not acknowledged. */
  get pending(): readonly Entry[] {
    return stillPending(this.outbox.entries.value, this.conversation.messages.value);
  }

  private readonly client: Client;
  private readonly tabs: Tabs<Note>;
  private readonly realtime: Live<VisitorFrame>;
  /** It came with the bootstrap: no request of its own, and no preflight. Refused when it is too old; the next is not. */
  private ticketed: Ticket | null = null;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private countdown: ReturnType<typeof setInterval> | undefined;
  private fetching: Promise<void> | null = null;
  private solution: Captcha | null = null;
  private onSolved: (() => void) | undefined;
  private unfollow: (() => void) | undefined;

  constructor(options: WidgetOptions) {
    const { inbox } = options;
    this.language = options.language;
    this.api = options.api;
    this.key = `messenger:${inbox}`;
    this.draft = signal(readItem(`${this.key}:draft`) ?? "");
    this.conversation.seen.value = this.storedSeen() ?? { id: null, seq: 0 };
    this.realtime = this.listenOn(this.inbox);
    this.client = new Client(
      options.api,
      inbox,
      this.language,
      (answer) => this.bootstrapped(answer),
      this.realtime.speak,
    );
    this.tabs = new Tabs(`${this.key}:tabs`, (note) => this.heard(note));
    this.outbox = new Outbox({
      inbox,
      deliver: (entry) => this.deliver(entry),
      onChange: () => this.tabs.tell({ kind: "outbox" }),
      onTrouble: (error) => this.troubled(error),
      onMoving: () => this.moving(),
    });
  }

  /** Resumes what an earlier page left: a conversation, or texts that are still to be sent. */
  start(): void {
    addEventListener("online", this.networkChanged);
    addEventListener("offline", this.networkChanged);
    document.addEventListener("visibilitychange", this.lookedAt);
    this.unfollow = onChange(() => this.markSeen());
    if (this.storedSeen()) {
      this.resuming.value = this.storedSeen()?.id !== null;
      this.begin();
    }
    this.outbox.flush();
  }

  stop(): void {
    removeEventListener("online", this.networkChanged);
    removeEventListener("offline", this.networkChanged);
    document.removeEventListener("visibilitychange", this.lookedAt);
    this.unfollow?.();
    clearTimeout(this.patience);
    clearInterval(this.countdown);
    this.realtime.stop();
    this.tabs.close();
  }

  show(): void {
    this.open.value = true;
    this.begin();
    files.want();
    const stale = this.offlineAt && Date.now() - this.offlineAt > OFFLINE_MS;
    if (stale && this.conversation.current.value?.status !== "open") this.askWhetherOffline();
  }

  hide(): void {
    this.open.value = false;
    // Operators cannot write first: without a conversation there is nothing to listen for.
    if (!this.conversation.current.value && !this.pending.length) this.realtime.stop();
  }

  write(text: string): void {
    this.draft.value = text;
    if (text) writeItem(`${this.key}:draft`, text);
    else removeItem(`${this.key}:draft`);
  }

  /** Takes the text into the outbox and empties the draft. */
  send(text: string, attachments: readonly Attachment[]): void {
    if (!text && !attachments.length) return;
    if (!this.storedSeen()) this.keepSeen({ id: null, seq: 0 });
    this.outbox.add(text, attachments);
    this.write("");
  }

  /** A refused text, back into the composer. */
  takeBack(entry: Entry): void {
    this.outbox.settle(entry.client_id);
    this.tabs.tell({ kind: "settled", clientId: entry.client_id });
    this.write([this.draft.value, entry.body].filter(Boolean).join("\n"));
  }

  /** What somebody, or their browser, found; the text that waits goes out with it. */
  solve(answer: string): void {
    const token = this.asked.value?.challenge?.token;
    this.solution = token ? { token, answer } : null;
    this.onSolved?.();
    this.outbox.flush();
  }

  /** The solution, which is good once. */
  takeSolution(): Captcha | null {
    const { solution } = this;
    this.solution = null;
    return solution;
  }

  /** What a part sends was refused with a challenge; resolves when it is solved, or another is wanted. */
  solved(refusal: ApiError): Promise<void> {
    this.asked.value = refusal;
    return new Promise((resolve) => {
      this.onSolved = resolve;
    });
  }

  /** Another challenge, before this one runs out. */
  askAgain(): void {
    this.asked.value = null;
    this.onSolved?.();
    this.outbox.flush();
  }

  /** To the server; false when there is no line. */
  say(frame: ClientFrame): boolean {
    return this.realtime.say(frame);
  }

  /** The person does not want to wait for the next attempt. */
  tryNow(): void {
    this.begin();
    this.outbox.flush();
  }

  /** The answer of a part that has asked. */
  take(conversation: VisitorConversation, messages: readonly Message[]): void {
    this.learn(conversation, messages);
    this.tabs.tell({ kind: "news", conversation, messages });
  }

  /** One of the routes that only some parts know. */
  ask<Answer>(path: string, body?: unknown): Promise<Answer> {
    return this.client.ask(path, body);
  }

  /** One more page of history, if there is any. */
  async loadOlder(): Promise<void> {
    const { base, current, messages } = this.conversation;
    const before = messages.value[0]?.seq;
    const id = current.value?.id;
    if (!base.value || !before || !id || this.loadingOlder.value) return;
    this.loadingOlder.value = true;
    try {
      const older = await this.client.call("history", { before });
      this.conversation.prepend(id, older.messages);
    } catch (error) {
      this.troubled(error);
    } finally {
      this.loadingOlder.value = false;
    }
  }

  // ------------------------------------------------------------------ beginning

  /** Everything the widget hears comes through here; it also keeps trying to bootstrap. */
  private listenOn(inbox: Signal<WidgetInbox | null>): Live<VisitorFrame> {
    return new Live<VisitorFrame>({
      get realtime() {
        return inbox.value?.features.realtime ?? true;
      },
      ticket: () => this.ticket(),
      ping: () => ({ revs: this.revs() }),
      onFrame: (frame) => this.received(frame),
      onResume: () => this.fetchMissing(),
      onState: (state) => this.connectionChanged(state),
      pingSeconds: PING_SECONDS,
      pingInSilence: true,
    });
  }

  private async ticket(): Promise<Ticket> {
    try {
      await this.client.begin();
      if (this.inbox.value?.features.realtime === false) throw new NetworkError("poll only");
      const first = this.ticketed;
      this.ticketed = null;
      return first ?? (await this.client.call("socket_ticket", {}));
    } catch (error) {
      if (!isTransient(error)) this.realtime.stop();
      if (error instanceof ApiError && error.code === "forbidden") this.leave();
      if (!(error instanceof NetworkError)) this.troubled(error);
      throw error;
    }
  }

  private begin(): void {
    // The line asks for the same, and until it succeeds; but the line is still to come.
    this.client.begin().catch(() => {});
    this.realtime.start();
    this.realtime.wake();
  }

  private leave(): void {
    // biome-ignore lint/suspicious/noConsole: the site's developer is the one who can do something about it
    if (!this.unwelcome.value) console.warn("Messenger: this site may not show the inbox.");
    this.unwelcome.value = true;
    this.open.value = false;
  }

  private connectionChanged(state: RealtimeState): void {
    clearTimeout(this.patience);
    const show = () => {
      this.connection.value = state;
    };
    if (state === "connecting") this.patience = setTimeout(show, PATIENCE_MS);
    else show();
    if (["live", "polling"].includes(state) && this.trouble.value !== "pause") this.moving();
  }

  private bootstrapped(answer: Bootstrap): void {
    this.ticketed = answer.socket;
    this.ahead = Date.parse(answer.now) - Date.now() || 0;
    this.identified = answer.identified;
    this.inbox.value = answer.inbox;
    wear(answer.inbox.appearance);
    this.operator.value = answer.operator;
    this.conversation.begin(answer.conversation, answer.messages);
    this.resuming.value = false;
    this.setOffline(answer.offline);
  }

  private setOffline(offline: Offline | null): void {
    this.offlineAt = Date.now();
    this.offline.value = offline?.text ?? null;
  }

  private askWhetherOffline(): void {
    this.client.ask<OfflineAnswer>("offline", {}).then(
      ({ offline }) => this.setOffline(offline),
      () => {},
    );
  }

  // ------------------------------------------------------------------ news

  private received(frame: VisitorFrame): void {
    if (frame.type === "message") this.learn(frame.conversation, [frame.message]);
    else if (frame.type === "conversation") this.learn(frame.conversation, []);
    else if (frame.type === "typing") this.onTyping?.(frame);
    else if (frame.type === "pong") {
      for (const conversation of frame.conversations ?? []) this.learn(conversation, []);
    }
  }

  learn(conversation: VisitorConversation, messages: readonly Message[]): void {
    this.accept(conversation, messages);
    this.realtime.start();
    if (!this.conversation.complete) this.fetchMissing().catch(() => {});
  }

  /** A revision is only claimed when every message of it is here; the pong then tells of the rest. */
  private revs(): Record<string, number> {
    const { current, complete } = this.conversation;
    const known = current.value;
    return known ? { [known.id]: complete ? known.rev : 0 } : {};
  }

  /** Polls from the last gapless message on, until nothing is missing. */
  private fetchMissing(): Promise<void> {
    this.fetching ??= this.poll().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async poll(): Promise<void> {
    const { conversation } = this;
    for (;;) {
      const id = conversation.current.value?.id ?? null;
      const after = conversation.after;
      let polled: Awaited<ReturnType<typeof this.pollOnce>>;
      try {
        polled = await this.pollOnce(after, id);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
        await this.client.beginAgain();
        return;
      }
      if (!polled.conversation) return;
      this.accept(polled.conversation, polled.messages);
      const moved = conversation.current.value?.id !== id || conversation.after > after;
      if (conversation.complete || !moved) return;
    }
  }

  private pollOnce(after: number, id: string | null) {
    return this.client.call("poll", { after, conversation_id: id });
  }

  private accept(news: VisitorConversation, messages: readonly Message[]): void {
    this.asked.value = null;
    this.conversation.accept(news, messages);
    // Whoever is there when it ends may still be: asked again when the widget is opened later.
    if (news.status === "open") this.offline.value = null;
    this.operator.value = this.conversation.current.value?.operator ?? this.operator.value;
    if (messages.length) this.realtime.stir();
    for (const message of messages) {
      this.outbox.settle(message.client_id);
      if (message.direction === "out") this.news.value = message;
    }
  }

  // ------------------------------------------------------------------ sending

  private async deliver(entry: Entry): Promise<void> {
    if (this.asked.value && !this.solution) throw this.asked.value;
    await this.client.begin();
    if (!this.conversation.current.value && this.storedSeen()?.id) await this.fetchMissing();
    // What just came may be what an earlier page has sent.
    if (!this.pending.some(({ client_id }) => client_id === entry.client_id)) return;
    let sent: Awaited<ReturnType<typeof this.sendOnce>>;
    try {
      sent = await this.sendOnce(entry);
    } catch (error) {
      const unknown = error instanceof ApiError && [404, 409].includes(error.status);
      if (!unknown || !this.conversation.current.value) throw error;
      await this.client.beginAgain();
      delete entry.after;
      sent = await this.sendOnce(entry);
    }
    this.take(sent.conversation, [sent.message]);
  }

  private sendOnce(entry: Entry) {
    const captcha = this.takeSolution();
    if (entry.after === undefined) this.outbox.put(Object.assign(entry, this.place()));
    return this.client.call("send", {
      client_id: entry.client_id,
      body: entry.body,
      captcha,
      attachments: entry.attachments?.map(({ id }) => id) ?? [],
      conversation_id: entry.conversation_id ?? null,
      after: entry.after ?? 0,
    });
  }

  /** Where a text is first tried: below what the visitor has seen. */
  private place(): Required<Pick<Entry, "conversation_id" | "after">> {
    const { current, after, seen } = this.conversation;
    const known = current.value;
    if (!known || known.status === "closed") return { conversation_id: null, after: 0 };
    const { id, seq } = seen.value;
    return { conversation_id: known.id, after: id === known.id ? Math.min(after, seq) : 0 };
  }

  private troubled(error: unknown): void {
    if (error instanceof ApiError && error.challenge) {
      this.asked.value = error;
      return;
    }
    this.trouble.value = troubleOf(error);
    clearInterval(this.countdown);
    if (this.trouble.value !== "pause") return;
    this.pauseSeconds = this.pauseLeft.value = pauseSeconds(error);
    this.countdown = setInterval(() => {
      this.pauseLeft.value -= 1;
      if (this.pauseLeft.value <= 0) this.moving();
    }, 1000);
  }

  private moving(): void {
    clearInterval(this.countdown);
    this.trouble.value = null;
    this.outbox.flush();
  }

  // ------------------------------------------------------------------ seen

  /** What is on an open, visible screen counts as read. */
  private markSeen(): void {
    const { current, messages, seen } = this.conversation;
    const known = current.value;
    const last = messages.value[messages.value.length - 1]?.seq ?? 0;
    if (!known || (seen.value.id === known.id && seen.value.seq >= last)) return;
    if (this.open.value && !document.hidden) {
      this.keepSeen({ id: known.id, seq: last });
      this.tabs.tell({ kind: "seen", seen: seen.value });
    } else if (seen.value.id !== known.id) {
      this.keepSeen({ id: known.id, seq: 0 });
    }
  }

  private keepSeen(seen: Seen): void {
    writeItem(`${this.key}:seen`, JSON.stringify(seen));
    this.conversation.seen.value = seen;
  }

  private storedSeen(): Seen | null {
    try {
      return JSON.parse(readItem(`${this.key}:seen`) ?? "null") as Seen | null;
    } catch {
      return null;
    }
  }

  // ------------------------------------------------------------------ the world

  private heard(note: Note): void {
    if (note.kind === "settled") this.outbox.settle(note.clientId);
    else if (note.kind === "news") this.learn(note.conversation, note.messages);
    else if (note.kind === "seen") {
      const { seen } = this.conversation;
      if (note.seen.id !== seen.value.id || note.seen.seq > seen.value.seq) seen.value = note.seen;
    } else {
      this.outbox.load();
      this.outbox.flush();
    }
  }

  private readonly networkChanged = (): void => {
    this.online.value = navigator.onLine !== false;
    if (this.online.value) this.tryNow();
  };

  private readonly lookedAt = (): void => {
    if (document.hidden) return;
    this.markSeen();
    this.outbox.flush();
  };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError && error.status === 429) return "pause";
  return error instanceof ApiError && !isTransient(error) ? "unavailable" : "server";
}
