/**
 * The realtime connection of the widget and the panel: a socket that is always coming back, and polling while it
 * cannot. It promises one thing: after every break, and as long as there is no socket, `onResume` is called until it
 * succeeds. What was missed is the caller's to fetch there.
 */

import { isUnauthorized, type Speak } from "./api";
import { Line, type LineEvents } from "./line";
import type { ClientFrame } from "./wire";

/** `connecting`: a short break. `polling`: no socket, but messages flow. `offline`: nothing answers. */
export type RealtimeState = "connecting" | "live" | "polling" | "offline" | "stopped";

export interface RealtimeOptions<F> {
  /** A fresh single-use ticket; an `ApiError` 401 stops the connection and calls `onUnauthorized`. */
  ticket(): Promise<{ ticket: string; url: string }>;
  /** The body of the next ping, without `type`. */
  ping(): object;
  /** Every frame, pongs too; may come twice or out of order. */
  onFrame(frame: F): void;
  /** Fetch what is missing: after every (re)connect, and as each poll. Rejects → it is called again. */
  onResume(): Promise<void>;
  onState(state: RealtimeState): void;
  /** `start()` again once somebody is signed in. */
  onUnauthorized?(): void;
  /** false: poll only. Read before each attempt, so it may be a getter. */
  readonly realtime?: boolean;
  pingSeconds?: number;
  /** Ping only after so much silence: for who learns from any frame what the ones before it told. */
  pingInSilence?: boolean;
  random?: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

const BACKOFF_MS = 500;
const BACKOFF_MAX_MS = 30_000;
const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 3_000;
const POLL_MAX_MS = 30_000;
const POLL_HIDDEN_MS = 15_000;
const WAKE_PONG_MS = 4_000;
/** The gateway cuts every socket at two hours; a new one is up before that. */
const RENEW_MS = 105 * 60_000;
const RENEW_SPREAD_MS = 10 * 60_000;
const RENEW_RETRY_MS = 60_000;
const OVERLAP_MS = 5_000;

export class Realtime<F> {
  private state: RealtimeState = "stopped";
  private running = false;
  /** The socket that counts; frames of a retiring one are still delivered. */
  private line: Line | null = null;
  private candidate: Line | null = null;
  private retiring: Line | null = null;
  private dialling = false;
  /** Grows when everything in flight becomes stale: an answer of an older epoch is dropped. */
  private epoch = 0;
  private failures = 0;
  private polls = 0;
  private pollFailures = 0;
  private polling = false;
  private resuming = false;
  private resumeAgain = false;
  private resumeFailures = 0;
  private timers: Partial<Record<"dial" | "ping" | "poll" | "renew" | "retire" | "resume", Timer>> =
    {};

  constructor(private readonly options: RealtimeOptions<F>) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    addEventListener("online", this.cameOnline);
    addEventListener("offline", this.wentOffline);
    document.addEventListener("visibilitychange", this.seen);
    this.tell("connecting");
    this.dial();
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.epoch += 1;
    this.dialling = this.polling = this.resuming = this.resumeAgain = false;
    removeEventListener("online", this.cameOnline);
    removeEventListener("offline", this.wentOffline);
    document.removeEventListener("visibilitychange", this.seen);
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.timers = {};
    for (const line of [this.line, this.candidate, this.retiring]) line?.close();
    this.line = this.candidate = this.retiring = null;
    this.tell("stopped");
  }

  /** Somebody is looking, or the network is back: check the socket, do not wait out the backoff. */
  wake(): void {
    if (!this.running) return;
    this.polls = this.pollFailures = 0;
    if (this.line) {
      this.beat(WAKE_PONG_MS);
      return;
    }
    if (this.timers.poll) this.poll();
    this.dial();
  }

  /** Tells the server at once what the next ping would (which conversation is on the screen); polls without a socket. */
  pingNow(): void {
    if (this.line) this.beat();
    else this.wake();
  }

  /** Something goes on: who polls asks as often as at first. */
  stir(): void {
    this.polls = 0;
    if (this.timers.poll) this.after("poll", this.pollDelay(), () => this.poll());
  }

  /** Asks a route over the socket, unless that is about to be replaced; undefined: no socket, or no answer. */
  readonly speak: Speak = (asked) =>
    this.state === "live" && !this.dialling && !this.candidate ? this.line?.call(asked) : undefined;

  /** A frame that nobody answers; false without a socket. */
  say(frame: ClientFrame): boolean {
    if (this.state !== "live" || !this.line) return false;
    this.line.say(frame);
    return true;
  }

  private readonly cameOnline = (): void => {
    // A socket that lived through a break is often dead without knowing it: replace it, do not ask it.
    if (this.line) {
      this.tell("live");
      this.dial();
    }
    this.wake();
  };

  private readonly wentOffline = (): void => this.tell("offline");

  private readonly seen = (): void => {
    if (document.visibilityState === "visible") this.wake();
  };

  // ------------------------------------------------------------------ socket

  private readonly lineEvents: LineEvents = {
    opened: (line) => this.connected(line),
    frame: (line, frame) => {
      if (line === this.line) {
        this.failures = 0;
        this.tell("live");
        if (this.options.pingInSilence) this.pingLater();
      }
      this.options.onFrame(frame as F);
    },
    died: (line) => this.lost(line),
  };

  /** Starts one attempt, unless one is under way. */
  private dial(): void {
    this.clear("dial");
    if (this.dialling || this.candidate || !this.running) return;
    if (this.options.realtime === false) {
      if (!this.timers.poll) this.poll();
      return;
    }
    this.dialling = true;
    const epoch = this.epoch;
    this.options.ticket().then(
      ({ ticket, url }) => {
        if (epoch !== this.epoch) return;
        this.dialling = false;
        try {
          this.candidate = new Line(`${url}?ticket=${encodeURIComponent(ticket)}`, this.lineEvents);
        } catch {
          this.failed();
        }
      },
      (error: unknown) => {
        if (epoch !== this.epoch) return;
        this.dialling = false;
        if (isUnauthorized(error)) {
          this.stop();
          this.options.onUnauthorized?.();
        } else {
          this.failed();
        }
      },
    );
  }

  private connected(line: Line): void {
    this.candidate = null;
    this.retire(this.line);
    this.line = line;
    this.pollFailures = 0;
    this.clear("poll");
    this.clear("dial");
    this.after("renew", RENEW_MS + this.random() * RENEW_SPREAD_MS, () => this.dial());
    this.tell("live");
    this.beat();
    this.resume();
  }

  private lost(line: Line): void {
    if (line === this.retiring) {
      this.retiring = null;
    } else if (line === this.candidate) {
      this.candidate = null;
      this.failed();
    } else if (line === this.line) {
      this.line = null;
      this.clear("ping");
      this.clear("renew");
      if (this.state === "live") this.tell("connecting");
      this.failed();
    }
  }

  private failed(): void {
    if (this.line) {
      this.after("renew", RENEW_RETRY_MS * (1 + this.random()), () => this.dial());
      return;
    }
    this.failures += 1;
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** Math.min(this.failures, 16));
    if (!this.candidate && !this.dialling) {
      this.after("dial", this.random() * ceiling, () => this.dial());
    }
    if (this.failures >= FAILURES_BEFORE_POLLING && !this.timers.poll) this.poll();
  }

  /** The old socket listens on for a moment, so that nothing falls between the two. */
  private retire(line: Line | null): void {
    if (!line) return;
    this.retiring?.close();
    this.retiring = line;
    this.after("retire", OVERLAP_MS, () => {
      this.retiring?.close();
      this.retiring = null;
    });
  }

  private beat(pongWithinMs?: number): void {
    this.line?.ping(this.options.ping(), pongWithinMs);
    if (this.line) this.pingLater();
  }

  private pingLater(): void {
    this.after("ping", (this.options.pingSeconds ?? 25) * 1000, () => this.beat());
  }

  // ------------------------------------------------------------------ fetching

  /** Fetches what was missed; again until it succeeds, as long as this socket is up. */
  private resume(): void {
    if (this.resuming) {
      this.resumeAgain = true;
      return;
    }
    this.clear("resume");
    this.resuming = true;
    const epoch = this.epoch;
    this.call(this.options.onResume).then((succeeded) => {
      if (epoch !== this.epoch) return;
      this.resuming = false;
      this.resumeFailures = succeeded ? 0 : this.resumeFailures + 1;
      if (this.resumeAgain) {
        this.resumeAgain = false;
        this.resume();
      } else if (!succeeded && this.line) {
        const ceiling = Math.min(
          BACKOFF_MAX_MS,
          BACKOFF_MS * 2 ** Math.min(this.resumeFailures, 16),
        );
        this.after("resume", (0.5 + this.random() / 2) * ceiling, () => this.resume());
      }
    });
  }

  private poll(): void {
    this.clear("poll");
    if (this.polling || !this.running) return;
    this.polling = true;
    const epoch = this.epoch;
    this.call(this.options.onResume).then((succeeded) => {
      if (epoch !== this.epoch) return;
      this.polling = false;
      if (this.line) return;
      this.polls += 1;
      this.pollFailures = succeeded ? 0 : this.pollFailures + 1;
      this.tell(succeeded ? "polling" : "offline");
      this.after("poll", this.pollDelay(), () => this.poll());
    });
  }

  private pollDelay(): number {
    if (this.pollFailures) {
      return Math.min(POLL_MAX_MS, POLL_MS * 1.5 ** Math.min(this.pollFailures, 16));
    }
    if (document.hidden) return POLL_HIDDEN_MS * (1 + this.random());
    return Math.min(POLL_MAX_MS, POLL_MS * 2 ** Math.min(Math.max(this.polls - 1, 0), 16));
  }

  /** Whether the caller's promise came true; also when it throws at once. */
  private async call(work: () => Promise<void>): Promise<boolean> {
    try {
      await work.call(this.options);
      return true;
    } catch {
      return false;
    }
  }

  // ------------------------------------------------------------------ small things

  private random(): number {
    return (this.options.random ?? Math.random)();
  }

  private after(name: keyof typeof this.timers, ms: number, act: () => void): void {
    this.clear(name);
    this.timers[name] = setTimeout(() => {
      delete this.timers[name];
      act();
    }, ms);
  }

  private clear(name: keyof typeof this.timers): void {
    clearTimeout(this.timers[name]);
    delete this.timers[name];
  }

  private tell(state: RealtimeState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }
}
