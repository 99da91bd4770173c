/** Texts on their way to the server: kept in localStorage until it has acknowledged them, sent one by one. */

import { ApiError, isTransient } from "@shared/api";
import { uuid } from "@shared/ids";
import { alone } from "@shared/locks";
import { keysWith, readItem, removeItem, writeItem } from "@shared/storage";
import { wellFormed } from "@shared/text";
import { type Outgoing, stillPending } from "@shared/thread";
import type { Attachment } from "@shared/wire";
import { signal } from "./signal";

const RETRY_MS = 1_000;
const RETRY_MAX_MS = 30_000;
/** After "too many requests", where the server does not say for how long. */
const PAUSE_SECONDS = 10;

/** A text, and why the server refused it. */
export interface Entry extends Outgoing {
  refusal?: ApiError["code"] | undefined;
}

export interface OutboxOptions {
  inbox: string;
  /** Hands one text to the server; resolves once it is acknowledged. May be called again for the same text. */
  deliver(entry: Entry): Promise<void>;
  /** The other tabs should look at the storage. */
  onChange(): void;
  /** An attempt failed; it is repeated by itself, or once what the server asks has been solved. */
  onTrouble(error: unknown): void;
  /** A text went out. */
  onMoving(): void;
  random?: () => number;
}

export class Outbox {
  readonly entries = signal<readonly Entry[]>([]);
  private readonly prefix: string;
  /** Never sent again, whatever another tab writes late. */
  private readonly done = new Set<string>();
  private flushing = false;
  private again = false;
  private failures = 0;
  private pausedUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: OutboxOptions) {
    this.prefix = `messenger:${options.inbox}:out:`;
    this.load();
  }

  /** Puts a text at the end of the queue; it is safe from this moment on. */
  add(body: string, attachments: readonly Attachment[] = []): Entry {
    this.load();
    const last = Math.max(0, ...this.entries.value.map((entry) => entry.at));
    const at = Math.max(Date.now(), last + 1);
    const entry: Entry = { client_id: uuid(), body: wellFormed(body), attachments, at };
    this.put(entry);
    this.flush();
    return entry;
  }

  /** The person asks again for a text that was refused: same text, same id. */
  retry(clientId: string): void {
    const entry = this.entries.value.find((one) => one.client_id === clientId);
    if (entry) this.put({ ...entry, failed: false, refusal: undefined });
    this.flush();
  }

  /** Out of the queue: acknowledged, or the person does not want it any more. */
  settle(clientId: string): void {
    this.done.add(clientId);
    removeItem(this.prefix + clientId);
    const rest = this.entries.value.filter((entry) => entry.client_id !== clientId);
    if (rest.length !== this.entries.value.length) this.entries.value = rest;
  }

  /** Takes up what other tabs, or this page before its reload, have left in the storage. */
  load(): void {
    const entries = new Map(this.entries.value.map((entry) => [entry.client_id, entry]));
    for (const key of keysWith(this.prefix)) {
      const entry = entryOf(readItem(key));
      if (!entry || this.done.has(entry.client_id)) removeItem(key);
      else entries.set(entry.client_id, entry);
    }
    this.entries.value = stillPending([...entries.values()], []);
  }

  /** Sends what waits, now, unless the server asked for a pause; safe to call at any time. */
  flush(): void {
    if (this.flushing) {
      this.again = true;
      return;
    }
    if (!this.waiting() || performance.now() < this.pausedUntil) return;
    clearTimeout(this.timer);
    this.flushing = true;
    alone(`messenger:${this.options.inbox}:outbox`, () => this.sendAll())
      .catch((error: unknown) => this.postpone(error))
      .finally(() => {
        this.flushing = false;
        if (!this.again) return;
        this.again = false;
        this.flush();
      });
  }

  private async sendAll(): Promise<void> {
    this.load();
    for (let entry = this.waiting(); entry; entry = this.waiting()) {
      try {
        await this.options.deliver(entry);
      } catch (error) {
        if (isTransient(error)) {
          this.postpone(error);
          return;
        }
        if ((error as Partial<ApiError>).challenge) {
          this.options.onTrouble(error);
          return;
        }
        this.put({ ...entry, failed: true, refusal: (error as Partial<ApiError>).code });
        continue;
      }
      this.failures = 0;
      this.options.onMoving();
      this.settle(entry.client_id);
    }
  }

  /** The next text to send; refused ones do not hold up the rest. */
  private waiting(): Entry | undefined {
    return this.entries.value.find((entry) => !entry.failed);
  }

  private postpone(error: unknown): void {
    this.failures += 1;
    const waitMs = this.waitAfter(error);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), waitMs);
    this.options.onTrouble(error);
  }

  private waitAfter(error: unknown): number {
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** Math.min(this.failures, 16));
    const jittered = ceiling * (0.5 + (this.options.random ?? Math.random)() / 2);
    if (!(error instanceof ApiError) || error.status !== 429) return jittered;
    const pause = pauseSeconds(error) * 1000;
    this.pausedUntil = performance.now() + pause;
    return pause;
  }

  /** Keeps a text as it is now. */
  put(entry: Entry): void {
    writeItem(this.prefix + entry.client_id, JSON.stringify(entry));
    const others = this.entries.value.filter((one) => one.client_id !== entry.client_id);
    this.entries.value = stillPending([...others, entry], []);
    this.options.onChange();
  }
}

function entryOf(text: string | null): Entry | null {
  try {
    const entry = JSON.parse(text ?? "") as Entry;
    const said = entry.body || entry.attachments?.length;
    return entry.at > 0 && entry.client_id && said ? entry : null;
  } catch {
    return null;
  }
}

/** How long the server wants us to be quiet after a 429. */
export function pauseSeconds(error: unknown): number {
  const told = error instanceof ApiError ? error.retryAfter : undefined;
  return Math.max(1, Math.ceil(told ?? PAUSE_SECONDS));
}
