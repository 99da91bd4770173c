/** The conversation on the screen: what has arrived, what is missing, what has not been seen. */

import { contiguousSeq, mergeMessages } from "@shared/thread";
import type { Message, VisitorConversation } from "@shared/wire";
import { signal } from "./signal";

export interface Seen {
  /** The conversation; null while the first message is still on its way. */
  id: string | null;
  seq: number;
}

export class ConversationState {
  readonly current = signal<VisitorConversation | null>(null);
  readonly messages = signal<readonly Message[]>([]);
  /** Of conversations that ended while this page was open. */
  readonly earlier = signal<readonly Message[]>([]);
  /** How far the visitor has read. */
  readonly seen = signal<Seen>({ id: null, seq: 0 });
  /** The `seq` before the window that was loaded; above 0 there is history. */
  readonly base = signal(0);

  /** The highest `seq` up to which everything is here. */
  get after(): number {
    return contiguousSeq(this.messages.value, this.base.value);
  }

  /** Whether nothing that the server told of is missing. */
  get complete(): boolean {
    return this.after >= (this.current.value?.seq ?? 0);
  }

  /** Messages of operators that nobody has looked at; whoever wrote has seen what stood above. */
  get unread(): number {
    const { id, seq } = this.seen.value;
    const messages = this.messages.value;
    let from = id === this.current.value?.id ? seq : 0;
    for (const message of messages) {
      if (message.direction === "in") from = Math.max(from, message.seq);
    }
    return messages.filter((message) => message.direction === "out" && message.seq > from).length;
  }

  /** Starts from a bootstrap: its window joins what is here, or replaces it where it does not reach. */
  begin(conversation: VisitorConversation | null, messages: readonly Message[]): void {
    const known = this.current.value;
    const start = (messages[0]?.seq ?? 1) - 1;
    if (known && known.id === conversation?.id) {
      if (start > this.after) {
        this.base.value = start;
        this.messages.value = [];
      }
      this.accept(conversation, messages);
      return;
    }
    this.archive();
    this.current.value = conversation;
    this.base.value = start;
    this.messages.value = mergeMessages([], messages);
  }

  /** News from anywhere, in any order and any number of times. */
  accept(conversation: VisitorConversation, messages: readonly Message[]): void {
    const known = this.current.value;
    if (known && known.id !== conversation.id) {
      if (conversation.created_at < known.created_at) return;
      this.archive();
    }
    if (!known || known.id !== conversation.id || conversation.rev >= known.rev) {
      this.current.value = conversation;
    }
    const own = messages.filter((message) => message.conversation_id === conversation.id);
    this.messages.value = mergeMessages(this.messages.value, own);
  }

  /** A page of history that ends before the window; empty when there is none. */
  prepend(id: string, older: readonly Message[]): void {
    if (this.current.value?.id !== id) return;
    const merged = mergeMessages(this.messages.value, older);
    this.base.value = older.length ? (merged[0]?.seq ?? 1) - 1 : 0;
    this.messages.value = merged;
  }

  private archive(): void {
    this.earlier.value = [...this.earlier.value, ...this.messages.value];
    this.messages.value = [];
    this.base.value = 0;
  }
}
