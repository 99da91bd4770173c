/** One socket from dialling to death: the connect timeout, the heartbeat, and who notices silence. */

const CONNECT_MS = 10_000;
const PONG_MS = 10_000;

export interface LineEvents {
  opened(line: Line): void;
  frame(line: Line, frame: unknown): void;
  /** Once, whatever happened: refused, closed, silent. Never after `close()`. */
  died(line: Line): void;
}

export class Line {
  private socket: WebSocket | null;
  private deadline: ReturnType<typeof setTimeout> | undefined;

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

  /** Asks for a pong; no pong in time means the line is dead, whatever the socket says of itself. */
  ping(body: object, withinMs = PONG_MS): void {
    if (this.socket?.readyState !== 1) return;
    this.deadline ??= setTimeout(() => this.die(), withinMs);
    try {
      this.socket.send(JSON.stringify({ ...body, type: "ping" }));
    } catch {
      this.die();
    }
  }

  /** Hangs up, silently. */
  close(): void {
    clearTimeout(this.deadline);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    try {
      socket.close();
    } catch {
      // Nothing left to close.
    }
  }

  private receive(data: unknown): void {
    let frame: unknown;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    if ((frame as { type?: unknown } | null)?.type === "pong") {
      clearTimeout(this.deadline);
      this.deadline = undefined;
    }
    this.events.frame(this, frame);
  }

  private die(): void {
    if (!this.socket) return;
    this.close();
    this.events.died(this);
  }
}
