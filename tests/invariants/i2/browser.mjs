/** What a page finds around it: clocks, storage, channels, requests and sockets, all of one world. */

import { Socket } from "./world.mjs";

/** What the pages of one person's browser share. */
export class Profile {
  stored = new Map();
  channels = new Set();
  locks = new Map();
}

class Storage {
  constructor(stored) {
    this.stored = stored;
  }

  get length() {
    return this.stored.size;
  }

  key(index) {
    return [...this.stored.keys()][index] ?? null;
  }

  getItem(key) {
    return this.stored.get(key) ?? null;
  }

  setItem(key, value) {
    this.stored.set(key, String(value));
  }

  removeItem(key) {
    this.stored.delete(key);
  }
}

export class Page {
  /** Nothing comes through, in either direction. */
  frozen = false;
  /** Sockets are refused; requests are not. */
  blocked = false;
  closed = false;
  /** No timer rings, and no packet is looked at: what would have happened waits. */
  asleep = false;
  missed = [];
  window = new EventTarget();
  document = Object.assign(new EventTarget(), { hidden: false, visibilityState: "visible" });
  location = { href: "https://shop.test/", pathname: "/", hash: "", reload: () => {} };
  history = { replaceState: () => {} };
  sessionStorage = new Storage(new Map());

  constructor(world, profile) {
    const page = this;
    this.world = world;
    this.profile = profile;
    this.self = this.window;
    this.localStorage = new Storage(profile.stored);
    this.navigator = {
      onLine: true,
      language: "en",
      languages: ["en"],
      locks: { request: (name, work) => this.#locked(name, work) },
    };
    this.Math = Object.assign(Object.create(Math), { random: world.luck.random });
    this.crypto = { randomUUID: () => uuid(world.luck) };
    this.Date = class extends Date {
      constructor(...moment) {
        super(...(moment.length ? moment : [world.now]));
      }

      static now() {
        return world.now;
      }
    };
    this.WebSocket = class extends Socket {
      constructor(url) {
        super(page, url);
      }
    };
    this.BroadcastChannel = class {
      onmessage = null;

      constructor(name) {
        this.name = name;
        this.page = page;
        profile.channels.add(this);
      }

      postMessage(data) {
        const copy = structuredClone(data);
        for (const other of profile.channels) {
          if (other === this || other.name !== this.name) continue;
          world.after(1, () => other.onmessage?.({ data: copy }), other.page);
        }
      }

      close() {
        profile.channels.delete(this);
      }
    };
    for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
      this[name] = this.window[name].bind(this.window);
    }
    this.setTimeout = (act, ms = 0) => world.after(ms, act, this);
    this.setInterval = (act, ms) => {
      const ring = () => {
        act();
        if (timer.act) timer.next = world.after(ms, ring, this);
      };
      const timer = { act, next: world.after(ms, ring, this) };
      return timer;
    };
    this.clearTimeout = (timer) => world.cancel(timer);
    this.clearInterval = (timer) => {
      if (timer) timer.act = null;
      world.cancel(timer?.next);
    };
    this.fetch = (url, options) => this.#fetch(String(url), options);
  }

  freeze() {
    this.frozen = true;
  }

  block() {
    this.blocked = true;
  }

  sleep() {
    this.asleep = true;
  }

  recover() {
    this.frozen = this.blocked = this.asleep = false;
    for (const { act } of this.missed.splice(0)) if (act) this.world.after(0, act, this);
  }

  /** The tab is closed: it says and hears no more. */
  close() {
    this.closed = true;
    for (const channel of this.profile.channels) {
      if (channel.page === this) this.profile.channels.delete(channel);
    }
    for (const [name, queue] of this.profile.locks) {
      const held = queue[0]?.page === this;
      const others = queue.filter(({ page }) => page !== this);
      this.profile.locks.set(name, others);
      if (held) others[0]?.run();
    }
    for (const socket of this.world.sockets.values()) if (socket.page === this) socket.hangUp();
  }

  /** A Web Lock; a page that is gone has let go. */
  #locked(name, work) {
    const { locks } = this.profile;
    if (!locks.has(name)) locks.set(name, []);
    return new Promise((resolve, reject) => {
      const run = async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
        if (this.closed) return;
        locks.get(name).shift();
        locks.get(name)[0]?.run();
      };
      locks.get(name).push({ page: this, run });
      if (locks.get(name).length === 1) run();
    });
  }

  #fetch(url, { method = "GET", headers = {}, body = null, signal } = {}) {
    const { world } = this;
    return new Promise((resolve, reject) => {
      const fail = () => reject(new TypeError("Failed to fetch"));
      signal?.addEventListener("abort", fail);
      if (world.luck.chance(world.weather.refused)) {
        world.after(5, fail, this);
        return;
      }
      // A request comes at most once; its answer may be lost.
      world.carry(
        this,
        once(() => {
          const path = url.replace(/^.*\/api(?=\/)/, "");
          const answer = world.tell({ op: "rest", method, path, headers, body });
          this.profile.token = answer.body.visitor_token ?? this.profile.token;
          world.bring(this, () => resolve(response(answer, world.now)));
        }),
      );
    });
  }
}

function once(act) {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

function response({ status, body }, now) {
  const date = new Date(now).toUTCString();
  return {
    status,
    ok: status < 400,
    headers: { get: (name) => (name === "Date" ? date : null) },
    json: async () => structuredClone(body),
  };
}

function uuid(luck) {
  const hex = () =>
    luck
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return `${hex()}-${hex().slice(4)}-4${hex().slice(5)}-8${hex().slice(5)}-${hex()}${hex().slice(4)}`;
}
