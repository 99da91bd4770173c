import type { ClientFrame, TypingFrame } from "@shared/wire";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tellRead } from "../../src/attending/marks";
import { countInTitle, markNew, mute, soundNews } from "../../src/attending/news";
import { hearWriting, tellWriting } from "../../src/attending/typing";
import { Widget } from "../../src/widget";
import { conversation, installLocks, message, removeLocks } from "../fakes";

const OLEG = { id: "oleg", name: "Олег", photo: null };

let widget: Widget;
let ends: (() => void)[];
let hidden: boolean;
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
/** After which writing is told. */
const aSecond = () => new Promise<void>((resolve) => setTimeout(resolve, 1_050));
const goes = (...parts: ((on: Widget) => () => void)[]) => {
  ends = parts.map((begin) => begin(widget));
};

beforeEach(() => {
  localStorage.clear();
  installLocks();
  hidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("down")));
  widget = new Widget({ inbox: "demo", api: "https://chat.example/api", language: "ru" });
});

afterEach(() => {
  for (const end of ends) end();
  widget.stop();
  removeLocks();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The operator has written these, as a frame brings them. */
async function answered(...seqs: number[]): Promise<void> {
  const came = seqs.map((seq) => message(seq, { direction: "out", author: author() }));
  const all = conversation({ seq: Math.max(...seqs), rev: Math.max(...seqs), operator: OLEG });
  widget.conversation.accept(all, came);
  widget.news.value = came.at(-1) ?? null;
  await settled();
}

const author = () => ({ kind: "operator" as const, id: "oleg", name: "Олег" });

async function typing(frame: Partial<TypingFrame> = {}): Promise<void> {
  const conversation_id = widget.conversation.current.value?.id ?? "";
  widget.onTyping?.({ type: "typing", conversation_id, author: author(), writing: true, ...frame });
  await settled();
}

describe("who is writing", () => {
  it("is shown until their words come", async () => {
    goes(hearWriting);
    await answered(1);
    await vi.waitFor(async () => {
      await typing();
      expect(widget.writing.value).toBe("Олег");
    }, 2_000);
    await answered(2);
    expect(widget.writing.value).toBeNull();
  });

  it("is not shown of another conversation", async () => {
    goes(hearWriting);
    await answered(1);
    await typing({ conversation_id: "another" });
    expect(widget.writing.value).toBeNull();
  });

  it("is told as soon as an operator has the conversation, and when all is taken back", async () => {
    const said: ClientFrame[] = [];
    vi.spyOn(widget, "say").mockImplementation((frame) => said.push(frame) > 0);
    goes(tellWriting);
    widget.write("Д");
    await aSecond();
    expect(said).toEqual([]);

    ends[0]?.();
    await answered(1);
    goes(tellWriting);
    const { id } = conversation();
    widget.write("До");
    await aSecond();
    widget.write("");
    await settled();
    expect(said).toEqual([
      { type: "typing", conversation_id: id, writing: true },
      { type: "typing", conversation_id: id, writing: false },
    ]);
  });

  it("is not told to have stopped by what was sent", async () => {
    const said: ClientFrame[] = [];
    vi.spyOn(widget, "say").mockImplementation((frame) => said.push(frame) > 0);
    goes(tellWriting);
    await answered(1);
    widget.write("Добрый день");
    await aSecond();
    widget.send("Добрый день", []);
    await settled();
    expect(said.map((frame) => frame.type === "typing" && frame.writing)).toEqual([true]);
  });
});

describe("where the new messages begin", () => {
  it("is above the first that came while the dialog was closed, and stays while one reads", async () => {
    goes(markNew);
    await answered(1, 2);
    expect(widget.newFrom.value).toBe(1);
    widget.open.value = true;
    widget.conversation.seen.value = { id: conversation().id, seq: 2 };
    await settled();
    await answered(3);
    expect(widget.newFrom.value).toBe(1);
  });

  it("is gone with one's own next words, and when all was read", async () => {
    goes(markNew);
    await answered(1);
    widget.open.value = true;
    await settled();
    widget.send("Спасибо", []);
    await settled();
    expect(widget.newFrom.value).toBe(0);
  });
});

describe("what may be heard", () => {
  let starts: number;

  class Node {
    gain = { linearRampToValueAtTime() {}, setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    frequency = { setValueAtTime() {} };
    connect = (next: unknown) => next;
    start = () => {
      starts += 1;
    };
    stop() {}
  }
  class Audio {
    state = "suspended";
    currentTime = 0;
    async resume() {
      this.state = "running";
    }
    async suspend() {}
  }

  beforeEach(async () => {
    starts = 0;
    vi.stubGlobal("AudioContext", Audio);
    vi.stubGlobal("OscillatorNode", Node);
    vi.stubGlobal("GainNode", Node);
    vi.useFakeTimers();
    goes(soundNews);
    dispatchEvent(new Event("pointerdown"));
    await vi.advanceTimersByTimeAsync(0);
  });
  afterEach(() => vi.useRealTimers());

  async function answeredInTime(...seqs: number[]): Promise<void> {
    const done = answered(...seqs);
    await vi.advanceTimersByTimeAsync(300);
    await done;
  }

  it("is what comes while the dialog is closed or the page hidden, once", async () => {
    await answeredInTime(1);
    expect(starts).toBe(1);
    widget.open.value = true;
    await answeredInTime(2);
    expect(starts).toBe(1);
    hidden = true;
    await answeredInTime(3);
    expect(starts).toBe(2);
  });

  it("is nothing that another tab has on the screen, or has sounded", async () => {
    const done = answered(1);
    await vi.advanceTimersByTimeAsync(100);
    widget.conversation.seen.value = { id: conversation().id, seq: 1 };
    await vi.advanceTimersByTimeAsync(300);
    await done;
    localStorage.setItem("messenger:demo:sounded", message(2).id);
    await answeredInTime(2);
    expect(starts).toBe(0);
  });

  it("is nothing while it is muted", async () => {
    mute(widget, true);
    await answeredInTime(1);
    expect(starts).toBe(0);
    mute(widget, false);
    await answeredInTime(2);
    expect(starts).toBe(1);
  });
});

describe("the page's title", () => {
  const turn = (away: boolean) => {
    hidden = away;
    document.dispatchEvent(new Event("visibilitychange"));
  };

  it("tells how many wait while the page is hidden, and is the page's own again", async () => {
    document.title = "Магазин";
    goes(countInTitle);
    await answered(1);
    expect(document.title).toBe("Магазин");
    turn(true);
    expect(document.title).toBe("(1) Магазин");
    await answered(2);
    expect(document.title).toBe("(2) Магазин");
    turn(false);
    expect(document.title).toBe("Магазин");
  });

  it("keeps what the page calls itself meanwhile", async () => {
    document.title = "Магазин";
    goes(countInTitle);
    hidden = true;
    await answered(1);
    document.title = "Корзина";
    turn(false);
    expect(document.title).toBe("Корзина");
  });
});

describe("what the visitor has read", () => {
  const asked: [string, unknown][] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    asked.length = 0;
    vi.spyOn(widget, "ask").mockImplementation(async (path, body) => {
      asked.push([path, body]);
      const known = widget.conversation.current.value ?? conversation();
      const { seq } = body as { seq: number };
      return { conversation: { ...known, rev: known.rev + 1, visitor_read: seq } } as never;
    });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const came = async (...seqs: number[]) => {
    const messages = seqs.map((seq) => message(seq, { direction: "out", author: author() }));
    widget.conversation.accept(conversation({ seq: Math.max(...seqs), operator: OLEG }), messages);
    await vi.advanceTimersByTimeAsync(10);
  };
  const saw = async (seq: number) => {
    widget.conversation.seen.value = { id: "c1", seq };
    await vi.advanceTimersByTimeAsync(10);
  };
  const marks = () => asked.map(([, body]) => body);

  it("is told once for what comes within two seconds", async () => {
    goes(tellRead);
    await came(1);
    await saw(1);
    await came(2);
    await saw(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([["mark_read", { conversation_id: "c1", seq: 2 }]]);
  });

  it("is not told of what nobody has seen, nor beyond what is missing", async () => {
    goes(tellRead);
    await came(1, 2, 4);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(marks()).toEqual([]);
    await saw(4);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(marks()).toEqual([{ conversation_id: "c1", seq: 2 }]);
  });

  it("is not told when an answer says it, and waits for one that is being written", async () => {
    goes(tellRead);
    await came(1);
    await saw(1);
    widget.write("Спа");
    await vi.advanceTimersByTimeAsync(10_000);
    const known = conversation({ seq: 2, rev: 5, operator: OLEG, visitor_read: 1 });
    widget.conversation.accept(known, [message(2, { direction: "in" })]);
    widget.write("");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(marks()).toEqual([]);
  });

  it("is told when the answer takes too long", async () => {
    goes(tellRead);
    await came(1);
    await saw(1);
    widget.write("Спа");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(marks()).toEqual([{ conversation_id: "c1", seq: 1 }]);
  });

  it("is told by one of two tabs", async () => {
    goes(tellRead, tellRead);
    await came(1);
    await saw(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(marks()).toEqual([{ conversation_id: "c1", seq: 1 }]);
  });

  it("is told again when that failed", async () => {
    goes(tellRead);
    vi.mocked(widget.ask).mockRejectedValueOnce(new TypeError("down"));
    await came(1);
    await saw(1);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(marks()).toEqual([]);
    widget.online.value = !widget.online.value;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(marks()).toEqual([{ conversation_id: "c1", seq: 1 }]);
  });
});
