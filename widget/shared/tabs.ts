/** What the tabs of one person tell each other. */

/** A BroadcastChannel; silent where there is none. */
export class Tabs<Note> {
  private readonly channel: BroadcastChannel | null;

  constructor(name: string, onNote: (note: Note) => void) {
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    if (this.channel) this.channel.onmessage = (event) => onNote(event.data as Note);
  }

  tell(note: Note): void {
    this.channel?.postMessage(note);
  }

  close(): void {
    this.channel?.close();
  }
}
