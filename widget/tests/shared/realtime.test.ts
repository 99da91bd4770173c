import { ApiError, NetworkError } from "@shared/api";
import { Realtime, type RealtimeOptions, type RealtimeState } from "@shared/realtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket, settle } from "../fakes";

type Frame = { type: string };

let realtime: Realtime<Frame>;
let states: RealtimeState[];
let frames: Frame[];
let tickets: number;

function make(more: Partial<RealtimeOptions<Frame>> = {}) {
  states = [];
  frames = [];
  tickets = 0;
  const options = {
    ticket: async () => {
      tickets += 1;
      return { ticket: `t${tickets}`, url: "wss://api.example/ws" };
    },
    ping: () => ({ revs: { c1: 3 } }),
    onFrame: (frame: Frame) => void frames.push(frame),
    onState: (state: RealtimeState) => void states.push(state),
    random: () => 0.5,
    ...more,
    onResume: vi.fn(more.onResume ?? (async () => {})),
  };
  realtime = new Realtime<Frame>(options);
  return options;
}

async function live(): Promise<void> {
  realtime.start();
  await settle();
  FakeSocket.last.open();
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
});

afterEach(() => {
  realtime.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it connects with a ticket, says so, and fetches what was missed", async () => {
  const options = make();

  await live();

  expect(FakeSocket.last.url).toBe("wss://api.example/ws?ticket=t1");
  expect(states).toEqual(["connecting", "live"]);
  expect(options.onResume).toHaveBeenCalledTimes(1);
  expect(FakeSocket.last.sent).toEqual([{ revs: { c1: 3 }, type: "ping" }]);
});

test("starting twice and waking while connecting opens one socket", async () => {
  make();

  realtime.start();
  realtime.start();
  realtime.wake();
  await settle();
  realtime.wake();
  await settle();

  expect(FakeSocket.all).toHaveLength(1);
  expect(tickets).toBe(1);
});

test("frames are handed on, nonsense is not", async () => {
  make();
  await live();
  frames.length = 0;

  FakeSocket.last.push({ type: "message" });
  FakeSocket.last.onmessage?.({ data: "<html>" });

  expect(frames).toEqual([{ type: "message" }]);
});

test("a ping goes out every 25 seconds", async () => {
  make();
  await live();

  await vi.advanceTimersByTimeAsync(75_000);

  expect(FakeSocket.last.sent).toHaveLength(4);
  expect(FakeSocket.all).toHaveLength(1);
});

test("who pings in silence only does not while frames come", async () => {
  make({ pingSeconds: 90, pingInSilence: true });
  await live();
  const pings = () => FakeSocket.last.sent.length;

  for (let frame = 0; frame < 5; frame += 1) {
    await vi.advanceTimersByTimeAsync(80_000);
    FakeSocket.last.push({ type: "message" });
  }
  expect(pings()).toBe(1);

  await vi.advanceTimersByTimeAsync(90_000);
  expect(pings()).toBe(2);
});

const ASKED = { path: "/widget/send", token: "secret", body: { body: "Hello" } };

test("a call is answered under its id, whatever comes before", async () => {
  make();
  await live();
  const socket = FakeSocket.last;

  const [first, second] = [realtime.speak(ASKED), realtime.speak(ASKED)];
  const [one, two] = socket.sent.slice(-2);
  socket.push({ type: "message" });
  socket.push({ type: "answer", id: two?.id, status: 409, body: { error: {} } });
  socket.push({ type: "answer", id: null, status: 400, body: { error: {} } });
  socket.push({ type: "answer", id: one?.id, status: 201, body: { seq: 1 } });

  expect(one).toMatchObject({ type: "call", ...ASKED });
  expect(await first).toMatchObject({ status: 201, body: { seq: 1 } });
  expect(await second).toMatchObject({ status: 409 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test("a call without an answer ends after ten seconds, and so does its socket", async () => {
  make();
  await live();
  const heard = vi.fn();

  realtime.speak(ASKED)?.then(heard);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(heard).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100 + 500);

  expect(heard).toHaveBeenCalledWith(undefined);
  expect(FakeSocket.all).toHaveLength(2);
});

test("a call whose socket is cut ends at once", async () => {
  make();
  await live();
  const call = realtime.speak(ASKED);

  FakeSocket.last.cut();

  expect(await call).toBeUndefined();
});

test("nothing is asked over no socket, over one that is offline, or over one that is being replaced", async () => {
  make();
  expect(realtime.speak(ASKED)).toBeUndefined();
  await live();

  dispatchEvent(new Event("offline"));
  expect(realtime.speak(ASKED)).toBeUndefined();
  dispatchEvent(new Event("online"));
  await settle();
  expect(realtime.speak(ASKED)).toBeUndefined();
  FakeSocket.last.open();
  await settle();

  expect(realtime.speak(ASKED)).toBeInstanceOf(Promise);
});

test("a socket that goes silent without closing is given up after ten seconds", async () => {
  const options = make();
  await live();
  const silent = FakeSocket.last;
  silent.answers = false;

  await vi.advanceTimersByTimeAsync(25_000 + 9_900);
  expect(FakeSocket.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100 + 500);
  FakeSocket.last.open();
  await settle();

  expect(silent.closed).toBe(true);
  expect(FakeSocket.all).toHaveLength(2);
  expect(states).toEqual(["connecting", "live", "connecting", "live"]);
  expect(options.onResume).toHaveBeenCalledTimes(2);
});

test("a socket that never opens is given up after ten seconds", async () => {
  make();
  realtime.start();
  await settle();

  await vi.advanceTimersByTimeAsync(10_000 + 500);

  expect(FakeSocket.all).toHaveLength(2);
  expect(FakeSocket.all[0]?.closed).toBe(true);
});

test.each([0, 0.25, 0.999])(
  "waits have full jitter under a doubling ceiling (%d)",
  async (random) => {
    make({ random: () => random, onResume: async () => {} });
    realtime.start();
    await settle();

    for (let failure = 1; failure <= 9; failure += 1) {
      const wait = random * Math.min(30_000, 500 * 2 ** failure);
      FakeSocket.last.cut();
      const opened = FakeSocket.all.length;
      if (wait > 2) {
        await vi.advanceTimersByTimeAsync(wait - 2);
        expect(FakeSocket.all).toHaveLength(opened);
      }
      await vi.advanceTimersByTimeAsync(3);
      expect(FakeSocket.all).toHaveLength(opened + 1);
    }
  },
);

test("a socket that opens and dies before its first pong does not reset the backoff", async () => {
  make({ random: () => 0.999 });
  realtime.start();
  await settle();
  for (let time = 0; time < 6; time += 1) {
    FakeSocket.last.answers = false;
    FakeSocket.last.open();
    FakeSocket.last.cut();
    await vi.advanceTimersByTimeAsync(0.999 * 500 * 2 ** (time + 1) + 1);
  }

  const opened = FakeSocket.all.length;
  FakeSocket.last.cut();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(FakeSocket.all).toHaveLength(opened);
});

test("after three failures it polls, and goes back to the socket when that works", async () => {
  const options = make();
  realtime.start();
  await settle();
  for (let failure = 1; failure <= 3; failure += 1) {
    FakeSocket.last.cut();
    if (failure < 3) await vi.advanceTimersByTimeAsync(2_000);
  }
  await settle();

  expect(states).toEqual(["connecting", "polling"]);
  expect(options.onResume).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(options.onResume).toHaveBeenCalledTimes(2);

  FakeSocket.last.open();
  await settle();
  const polled = options.onResume.mock.calls.length;
  await vi.advanceTimersByTimeAsync(20_000);

  expect(states).toEqual(["connecting", "polling", "live"]);
  expect(options.onResume).toHaveBeenCalledTimes(polled);
});

test("when polls fail too it is offline, and a poll that succeeds ends that", async () => {
  let down = true;
  make({
    ticket: async () => Promise.reject(new NetworkError()),
    onResume: async () => {
      if (down) throw new NetworkError();
    },
  });
  realtime.start();

  await vi.advanceTimersByTimeAsync(10_000);
  expect(states).toEqual(["connecting", "offline"]);
  down = false;
  await vi.advanceTimersByTimeAsync(30_000);

  expect(states).toEqual(["connecting", "offline", "polling"]);
});

test("polls back off from 3 to 30 seconds, and come often again when something goes on", async () => {
  const at: number[] = [];
  const started = Date.now();
  make({ realtime: false, onResume: async () => void at.push((Date.now() - started) / 1000) });
  realtime.start();

  await vi.advanceTimersByTimeAsync(180_000);
  const pauses = at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
  expect(pauses).toEqual([3, 6, 12, 24, 30, 30, 30, 30]);

  const polled = at.length;
  realtime.stir();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(at).toHaveLength(polled + 1);
});

test("polls back off while nobody looks", async () => {
  const options = make({ realtime: false });
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  realtime.start();

  await vi.advanceTimersByTimeAsync(90_000);

  expect(options.onResume.mock.calls.length).toBeGreaterThan(3);
  expect(options.onResume.mock.calls.length).toBeLessThanOrEqual(7);
});

test("without realtime there is no socket and no ticket", async () => {
  const options = make({ realtime: false });
  realtime.start();

  await vi.advanceTimersByTimeAsync(60_000);

  expect(FakeSocket.all).toHaveLength(0);
  expect(tickets).toBe(0);
  expect(states).toEqual(["connecting", "polling"]);
  expect(options.onResume.mock.calls.length).toBeGreaterThan(4);
});

test("a resume that fails is tried again while the socket is up", async () => {
  let failures = 2;
  const options = make({
    onResume: vi.fn(async () => {
      failures -= 1;
      if (failures >= 0) throw new NetworkError();
    }),
  });

  await live();
  await vi.advanceTimersByTimeAsync(10_000);

  expect(options.onResume).toHaveBeenCalledTimes(3);
});

test("before two hours it changes sockets, and hears both while they overlap", async () => {
  const options = make();
  await live();
  const old = FakeSocket.last;

  await vi.advanceTimersByTimeAsync(110 * 60_000 + 1_000);
  const young = FakeSocket.last;
  expect(young).not.toBe(old);
  expect(old.closed).toBe(false);
  young.open();
  await settle();
  frames.length = 0;
  old.push({ type: "message" });
  young.push({ type: "message" });

  expect(frames).toHaveLength(2);
  expect(options.onResume).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(old.closed).toBe(true);
  expect(young.closed).toBe(false);
  expect(states).toEqual(["connecting", "live"]);
});

test("a change of sockets that fails keeps the old one and is tried again", async () => {
  make();
  await live();
  const old = FakeSocket.last;

  await vi.advanceTimersByTimeAsync(110 * 60_000 + 1_000);
  FakeSocket.last.cut();
  await vi.advanceTimersByTimeAsync(2 * 60_000);

  expect(FakeSocket.all).toHaveLength(3);
  expect(old.closed).toBe(false);
  expect(states).toEqual(["connecting", "live"]);
});

test("waking asks the socket for a sign of life and gives it four seconds", async () => {
  make();
  await live();
  FakeSocket.last.answers = false;

  realtime.wake();
  await vi.advanceTimersByTimeAsync(4_000 + 500);

  expect(FakeSocket.all).toHaveLength(2);
});

test("waking does not wait out the backoff", async () => {
  make({ random: () => 0.999 });
  await live();
  FakeSocket.last.cut();
  const opened = FakeSocket.all.length;

  realtime.wake();
  await settle();

  expect(FakeSocket.all).toHaveLength(opened + 1);
});

test("when the network is back the socket is replaced, whatever it thinks of itself", async () => {
  const options = make();
  await live();
  const frozen = FakeSocket.last;
  frozen.answers = false;

  window.dispatchEvent(new Event("offline"));
  expect(states.at(-1)).toBe("offline");
  window.dispatchEvent(new Event("online"));
  await settle();
  FakeSocket.last.open();
  await settle();

  expect(FakeSocket.last).not.toBe(frozen);
  expect(states.at(-1)).toBe("live");
  expect(options.onResume).toHaveBeenCalledTimes(2);
});

test("a refused ticket stops it and asks for a sign-in; start begins anew", async () => {
  const onUnauthorized = vi.fn();
  let allowed = false;
  make({
    ticket: async () => {
      if (!allowed) throw new ApiError(401, { code: "unauthorized", message: "" });
      return { ticket: "t", url: "wss://api.example/ws" };
    },
    onUnauthorized,
  });

  realtime.start();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(onUnauthorized).toHaveBeenCalledTimes(1);
  expect(states).toEqual(["connecting", "stopped"]);
  allowed = true;
  await live();

  expect(states.at(-1)).toBe("live");
});

test("after stop nothing happens any more", async () => {
  const options = make();
  await live();
  const socket = FakeSocket.last;
  const resumed = options.onResume.mock.calls.length;

  realtime.stop();
  socket.push({ type: "message" });
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(3 * 3_600_000);

  expect(socket.closed).toBe(true);
  expect(FakeSocket.all).toHaveLength(1);
  expect(options.onResume).toHaveBeenCalledTimes(resumed);
  expect(states.at(-1)).toBe("stopped");
});

test("a ticket that arrives after stop opens nothing", async () => {
  make();

  realtime.start();
  realtime.stop();
  await settle();

  expect(FakeSocket.all).toHaveLength(0);
});
