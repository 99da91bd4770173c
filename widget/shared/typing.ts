/** Who is writing: what one side tells of itself, and how long the other believes it. */

import type { Author, TypingFrame } from "./wire";

/** Of writing: shorter messages are told by nothing but themselves. */
const UNTOLD_MS = 1_000;
const TELL_EVERY_MS = 6_000;
const BELIEVED_MS = 8_000;
/** Frames may change places: what comes so soon behind a message was sent before it. */
const OVERTAKEN_MS = 300;

/** Tells of one's own writing: a second after the first letter, then every six, and when it is all taken back. */
export class Writer {
  private toldAt = Number.NEGATIVE_INFINITY;
  private told = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `tell` answers whether it could be told to anybody. */
  constructor(private readonly tell: (writing: boolean) => boolean) {}

  /** The field holds `text` now. */
  wrote(text: string): void {
    if (text.trim() === "") {
      if (this.told) this.tell(false);
      this.sent();
      return;
    }
    const wait = this.toldAt + TELL_EVERY_MS - Date.now();
    if (!this.told) this.timer ??= setTimeout(() => this.goesOn(), Math.max(UNTOLD_MS, wait));
    else if (wait <= 0) this.goesOn();
  }

  /** Nothing more is told: the message itself ends it on the other side. */
  sent(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.told = false;
  }

  private goesOn(): void {
    this.timer = undefined;
    if (!this.tell(true)) return;
    this.toldAt = Date.now();
    this.told = true;
  }
}

/** Who of the others is writing where, as far as one has heard; `onChange` after each change. */
export class Writers {
  private readonly known = new Map<string, readonly Author[]>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly saidAt = new Map<string, number>();

  constructor(
    private readonly onChange: (conversationId: string, who: readonly Author[]) => void,
  ) {}

  hear({ conversation_id, author, writing }: TypingFrame): void {
    const key = `${conversation_id} ${author.id}`;
    if (!writing) this.forget(conversation_id, author.id);
    else if (Date.now() - (this.saidAt.get(key) ?? 0) > OVERTAKEN_MS) {
      const known = this.known.get(conversation_id) ?? [];
      clearTimeout(this.timers.get(key));
      const expire = () => this.forget(conversation_id, author.id);
      this.timers.set(key, setTimeout(expire, BELIEVED_MS));
      if (!known.some(({ id }) => id === author.id)) this.set(conversation_id, [...known, author]);
    }
  }

  /** Their message is here: they are not writing it any more. */
  said(conversationId: string, authorId: string): void {
    this.saidAt.set(`${conversationId} ${authorId}`, Date.now());
    this.forget(conversationId, authorId);
  }

  private forget(conversationId: string, authorId: string): void {
    const key = `${conversationId} ${authorId}`;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const known = this.known.get(conversationId) ?? [];
    const others = known.filter(({ id }) => id !== authorId);
    if (others.length < known.length) this.set(conversationId, others);
  }

  private set(conversationId: string, who: readonly Author[]): void {
    if (who.length) this.known.set(conversationId, who);
    else this.known.delete(conversationId);
    this.onChange(conversationId, who);
  }
}
