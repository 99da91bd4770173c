/** Time, chance, the network between pages and the server, and what it does to what it carries. */

import { readSync, writeSync } from "node:fs";

/** A small random generator (mulberry32): the same seed, the same schedule. */
export function dice(seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    random,
    chance: (share) => random() < share,
    below: (end) => Math.floor(random() * end),
    among: (all) => all[Math.floor(random() * all.length)],
  };
}

const input = Buffer.alloc(1 << 16);
let unread = Buffer.alloc(0);

/** Asks the server, which is the process that started this one, and waits for what it says. */
function ask(question) {
  writeSync(1, `${JSON.stringify(question)}\n`);
  let end = unread.indexOf(10);
  while (end < 0) {
    const length = readSync(0, input);
    if (!length) throw new Error("the server is gone");
    unread = Buffer.concat([unread, input.subarray(0, length)]);
    end = unread.indexOf(10);
  }
  const line = unread.subarray(0, end).toString();
  unread = unread.subarray(end + 1);
  return JSON.parse(line);
}

const LIFE_MS = 2 * 3_600_000;
const IDLE_MS = 10 * 60_000;

export class World {
  /** What the network does to each packet, as shares; `slow`: the longest way, in ms. */
  weather = { lost: 0, twice: 0, refused: 0, slow: 20 };
  sockets = new Map();
  /** News are lost, answers and pongs are not. */
  deaf = false;
  /** So much later comes a pong than it would. */
  pongsLate = 0;
  /** So much later, at most, come news: each as chance has it. */
  newsLate = 0;
  /** Sockets that somebody used, and that the gateway cut because of their age. */
  cut = 0;
  /** So often somebody asked for a reply to be stored. */
  replies = 0;
  #events = [];
  #order = 0;

  constructor(now, seed) {
    this.now = now;
    this.luck = dice(seed);
  }

  // ------------------------------------------------------------------ time

  /** Calls `act` after so long; what belongs to a page waits while the page sleeps. */
  after(ms, act, page = null) {
    const event = { at: this.now + Math.max(0, Math.round(ms)), order: this.#order++, act, page };
    const events = this.#events;
    let place = events.length;
    while (place > 0 && later(events[place - 1], event)) place -= 1;
    events.splice(place, 0, event);
    return event;
  }

  cancel(event) {
    if (event) event.act = null;
  }

  /** Lets so much time pass, with everything that happens in it. */
  async pass(ms) {
    const until = this.now + ms;
    await settled();
    for (;;) {
      const next = this.#events[0];
      if (!next || next.at > until) break;
      this.#events.shift();
      this.now = Math.max(this.now, next.at);
      if (!next.act || next.page?.closed) continue;
      if (next.page?.asleep) {
        next.page.missed.push(next);
        continue;
      }
      next.act();
      await settled();
    }
    this.now = until;
  }

  // ------------------------------------------------------------------ the server

  tell(what) {
    if (isReply(what)) this.replies += 1;
    const said = ask({ now: this.now, ...what });
    for (const [id, frame] of said.frames) this.sockets.get(id)?.pushed(frame);
    for (const id of said.closed) this.sockets.get(id)?.hangUp();
    return said.answer;
  }

  // ------------------------------------------------------------------ the network

  /** Whether what is pushed now comes to this page. */
  reaches(page) {
    return [...this.sockets.values()].some((socket) => socket.page === page && socket.alive);
  }

  /** Carries a packet from a page: maybe not, maybe twice, each in its own time. */
  carry(page, arrive, how) {
    this.#carry(page, arrive, null, how);
  }

  /** Carries one to a page. */
  bring(page, arrive, how) {
    this.#carry(page, arrive, page, how);
  }

  #carry(page, arrive, to, { surely = false } = {}) {
    const { lost, twice, slow } = this.weather;
    if (page.frozen || (!surely && this.luck.chance(lost))) return;
    const copies = !surely && this.luck.chance(twice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      this.after(1 + this.luck.below(slow), () => page.frozen || page.closed || arrive(), to);
    }
  }
}

function isReply({ op, method, path, text }) {
  if (op === "message") return text.includes('/messages"');
  return op === "rest" && method === "POST" && path.endsWith("/messages");
}

function later(one, other) {
  return one.at > other.at || (one.at === other.at && one.order > other.order);
}

/** Everything that was promised has been done. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

let sockets = 0;
const NEWS = new Set(["message", "conversation", "list"]);

/** A page's WebSocket. What the server pushes may come late, twice, in another order, or not at all. */
export class Socket {
  onopen = null;
  onmessage = null;
  onclose = null;
  readyState = 0;
  dead = false;
  #world;
  #registered = false;
  #early = [];

  constructor(page, url) {
    this.page = page;
    this.#world = page.world;
    this.id = `w${++sockets}`;
    const ticket = new URL(url).searchParams.get("ticket");
    if (page.blocked) {
      this.#world.after(5, () => this.#end(), page);
      return;
    }
    this.#world.carry(page, () => this.#connect(ticket), { surely: true });
  }

  send(text) {
    if (this.readyState !== 1) return;
    this.#heardOf();
    this.#world.carry(this.page, () => this.#said(text));
  }

  close() {
    this.#end(true);
    this.#world.carry(this.page, () => this.#leave(), { surely: true });
  }

  /** The server has posted a frame. */
  pushed(frame) {
    this.#heardOf();
    const { deaf, luck, newsLate, pongsLate } = this.#world;
    const news = NEWS.has(frame.type);
    if (deaf && news) return;
    const arrive = () => this.#receive(JSON.stringify(frame));
    const late = frame.type === "pong" ? pongsLate : news ? luck.below(newsLate) : 0;
    this.#world.after(late, () => this.#world.bring(this.page, arrive));
  }

  /** The other side, or something between, has ended it, and the page hears of it. */
  hangUp() {
    this.#leave();
    this.#world.bring(this.page, () => this.#end(), { surely: true });
  }

  /** Nobody carries anything any more, and nobody is told: the server's next post finds that out. */
  die() {
    this.dead = true;
    this.#world.tell({ op: "gone", id: this.id });
  }

  get alive() {
    return this.readyState === 1 && !this.dead;
  }

  #connect(ticket) {
    if (this.readyState === 3) return;
    this.#world.sockets.set(this.id, this);
    const status = this.#world.tell({ op: "connect", id: this.id, ticket });
    if (status >= 400) {
      this.#world.sockets.delete(this.id);
      this.#world.bring(this.page, () => this.#end(), { surely: true });
      return;
    }
    this.#registered = true;
    this.#heardOf();
    this.#world.after(LIFE_MS, () => this.#grownOld());
    this.#world.bring(this.page, () => this.#opened(), { surely: true });
  }

  #opened() {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
    for (const text of this.#early.splice(0)) this.onmessage?.({ data: text });
  }

  #said(text) {
    if (this.#registered && !this.dead) this.#world.tell({ op: "message", id: this.id, text });
  }

  #receive(text) {
    if (this.dead || this.readyState === 3) return;
    if (this.readyState === 0) this.#early.push(text);
    else this.onmessage?.({ data: text });
  }

  #grownOld() {
    if (!this.#registered) return;
    if (!this.page.asleep) this.#world.cut += 1;
    this.hangUp();
  }

  /** The gateway knows it no more; `$disconnect` is best effort. */
  #leave() {
    if (!this.#registered) return;
    this.#registered = false;
    this.#world.sockets.delete(this.id);
    this.#world.cancel(this.idle);
    this.#world.tell({ op: "gone", id: this.id });
    if (this.#world.luck.chance(0.7)) this.#world.tell({ op: "disconnect", id: this.id });
  }

  #heardOf() {
    this.#world.cancel(this.idle);
    this.idle = this.#world.after(IDLE_MS, () => this.#registered && this.hangUp());
  }

  #end(silently = false) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (!silently) this.onclose?.();
  }
}
