/** One socket from dialling to death: the connect timeout, the heartbeat, calls, and who notices silence. */

import type { Asked } from "./api";
import { uuid } from "./ids";
import type { AnswerFrame } from "./wire";

const CONNECT_MS = 10_000;
const PONG_MS = 10_000;
const CALL_MS = 10_000;

export interface LineEvents {
  opened(line: Line): void;
  frame(line: Line, frame: unknown): void;
  /** Once, whatever happened: refused, closed, silent. Never after `close()`. */
  died(line: Line): void;
}

export class Line {
  private socket: WebSocket | null;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private readonly awaited = new Map<unknown, (answer?: AnswerFrame) => void>();

  constructor(
    url: string,
    private readonly events: LineEvents,
  ) {
    this.socket = new WebSocket(url);
    this.deadline = setTimeout(() => this.die(), CONNECT_MS);
    this.socket.onopen = () => {
      clearTimeout(this.deadline);
      this.deadline = undefined;
      events.opened(this);
    };
    this.socket.onmessage = (event) => this.receive(event.data);
    this.socket.onclose = () => this.die();
    this.socket.onerror = () => this.die();
  }

  /** Asks for a pong; silence means the line is dead, whatever the socket says of itself. */
  ping(body: object, withinMs = PONG_MS): void {
    this.deadline ??= setTimeout(() => this.die(), withinMs);
    this.say({ ...body, type: "ping" });
  }

  /** The answer; undefined when the line died before it: what was asked may have been heard. */
  call(asked: Asked): Promise<AnswerFrame | undefined> {
    const id = uuid();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.die(), CALL_MS);
      this.awaited.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.say({ ...asked, type: "call", id });
    });
  }

  say(frame: object): void {
    this.socket?.send(JSON.stringify(frame));
  }

  /** Hangs up, silently. */
  close(): void {
    clearTimeout(this.deadline);
    for (const answered of this.awaited.values()) answered();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
  }

  private receive(data: unknown): void {
    let frame: Partial<AnswerFrame> | null;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    clearTimeout(this.deadline);
    this.deadline = undefined;
    this.awaited.get(frame?.id)?.(frame as AnswerFrame);
    this.events.frame(this, frame);
  }

  private die(): void {
    if (!this.socket) return;
    this.close();
    this.events.died(this);
  }
}
