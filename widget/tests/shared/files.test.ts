import { ApiError, NetworkError } from "@shared/api";
import { drawnWidth, typeOf } from "@shared/files/kinds";
import { Links } from "@shared/files/links";
import { spokenText } from "@shared/files/spoken";
import { type Item, Uploader } from "@shared/files/uploader";
import { faultText, fileTexts, sizeText } from "@shared/files/words";
import type { Attachment, AttachmentRequest, AttachmentRules } from "@shared/wire";
import { beforeEach, describe, expect, it, vi } from "vitest";

const rules: AttachmentRules = {
  enabled: true,
  max_bytes: 1_000,
  kinds: ["image", "document"],
};

const file = (name: string, size = 10, type = "") => new File(["x".repeat(size)], name, { type });

/** What storage answers to a form: a status, or nothing at all. */
let statuses: (number | "cut")[] = [];
const posted: FormData[] = [];

class FakeRequest {
  status = 0;
  readonly upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  open(): void {}
  send(form: FormData): void {
    posted.push(form);
    queueMicrotask(() => {
      this.upload.onprogress?.({ loaded: 1, total: 2 });
      const status = statuses.shift() ?? 204;
      if (status === "cut") this.onerror?.();
      else {
        this.status = status;
        this.onload?.();
      }
      this.onloadend?.();
    });
  }
  abort(): void {
    this.onabort?.();
    this.onloadend?.();
  }
}

function uploading(changes: Partial<ConstructorParameters<typeof Uploader>[0]> = {}) {
  const wishes: AttachmentRequest[] = [];
  const seen: (readonly Item[])[] = [];
  const uploader = new Uploader({
    scope: "demo",
    rules: () => rules,
    begin: async (wish) => {
      wishes.push(wish);
      const upload = { url: "https://bucket.test", fields: { key: `quarantine/${wish.name}` } };
      return {
        attachment_id: `id-${wish.name}`,
        upload,
        thumbnail_upload: null,
        expires_at: "2031-05-09T12:00:00Z",
      };
    },
    complete: async (id) => ({
      attachment: {
        id,
        name: id.slice(3),
        type: "text/plain",
        size: 10,
        width: null,
        height: null,
        thumbnail: false,
      } satisfies Attachment,
    }),
    onChange: (items) => seen.push(items),
    ...changes,
  });
  return { uploader, wishes, seen };
}

const states = (uploader: Uploader) => uploader.items.map(({ state }) => state);
const faults = (uploader: Uploader) => uploader.items.map(({ fault }) => fault);

beforeEach(() => {
  statuses = [];
  posted.length = 0;
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
});

describe("which files go", () => {
  it("is told by the ending, whatever the browser calls the type", () => {
    expect(typeOf(file("a.CSV", 1, "application/vnd.ms-excel"), rules)).toBe("text/csv");
    expect(typeOf(file("a.svg", 1, "image/png"), rules)).toBe(null);
    expect(typeOf(file("a.pdf.exe", 1, "application/pdf"), rules)).toBe(null);
    expect(typeOf(file("снимок", 1, "image/png"), rules)).toBe("image/png");
    expect(typeOf(file("a.zip"), rules)).toBe(null);
  });

  it("what cannot go is told before anything leaves", async () => {
    const { uploader, wishes } = uploading();

    await uploader.add([file("a.exe"), file("b.txt", 1_001), file("c.txt", 0)]);

    expect(faults(uploader)).toEqual(["type", "size", "empty"]);
    expect(wishes).toEqual([]);
  });

  it("ten at most", async () => {
    const { uploader } = uploading();

    await uploader.add(Array.from({ length: 11 }, (_, index) => file(`${index}.txt`)));

    expect(faults(uploader).filter((fault) => fault === "many")).toHaveLength(1);
  });

  it("none where they are switched off", async () => {
    const { uploader } = uploading({ rules: () => ({ ...rules, enabled: false }) });

    await uploader.add([file("a.txt")]);

    expect(faults(uploader)).toEqual(["refused"]);
  });
});

describe("on the way", () => {
  it("is ready once it was checked, and released once", async () => {
    const { uploader, wishes, seen } = uploading();

    await uploader.add([file("a.txt"), file("b.txt"), file("c.txt")]);
    await vi.waitFor(() => expect(states(uploader)).toEqual(["ready", "ready", "ready"]), 10_000);

    expect(wishes.map(({ name, size, type }) => [name, size, type])).toContainEqual([
      "a.txt",
      10,
      "text/plain",
    ]);
    expect([...(posted[0]?.keys() ?? [])]).toEqual(["key", "file"]);
    expect(seen.some((items) => items.some(({ progress }) => progress === 0.5))).toBe(true);
    const most = Math.max(
      ...seen.map((items) => items.filter(({ state }) => state === "uploading").length),
    );
    expect(most).toBe(2);
    expect(uploader.release(new Map()).map(({ id }) => id)).toEqual([
      "id-a.txt",
      "id-b.txt",
      "id-c.txt",
    ]);
    expect(uploader.items).toEqual([]);
    expect(uploader.release(new Map())).toEqual([]);
  });

  it("a form that ran out, and a line that was cut, are tried again with a new form", async () => {
    vi.useFakeTimers();
    statuses = [403, "cut", 204];
    const { uploader, wishes } = uploading();

    await uploader.add([file("a.txt")]);
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();

    expect(states(uploader)).toEqual(["ready"]);
    expect(wishes).toHaveLength(3);
  });

  it("after three tries the person decides, or the network that is back", async () => {
    vi.useFakeTimers();
    statuses = ["cut", "cut", "cut", 204];
    const { uploader } = uploading();

    await uploader.add([file("a.txt")]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(faults(uploader)).toEqual(["network"]);
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(100);
    vi.useRealTimers();

    expect(states(uploader)).toEqual(["ready"]);
  });

  it("what the server found out about is not tried again", async () => {
    const told = { code: "invalid" as const, message: "no", field: "content" };
    const { uploader, wishes } = uploading({
      complete: async () => {
        throw new ApiError(400, told);
      },
    });

    await uploader.add([file("a.txt")]);
    await vi.waitFor(() => expect(faults(uploader)).toEqual(["content"]), 10_000);

    expect(wishes).toHaveLength(1);
  });

  it("goes on by itself when the server wanted it slower, and says when", async () => {
    vi.useFakeTimers({ now: Date.parse("2031-05-09T12:00:00Z") });
    const told = { code: "too_many_requests" as const, message: "slow", retry_after: 240 };
    let asked = 0;
    const { uploader } = uploading({
      begin: async ({ name }) => {
        asked += 1;
        if (asked === 1) throw new ApiError(429, told);
        const upload = { url: "https://bucket.test", fields: {} };
        return { attachment_id: name, upload, thumbnail_upload: null, expires_at: "" };
      },
    });

    await uploader.add([file("a.txt")]);
    await vi.advanceTimersByTimeAsync(200_000);
    const [item] = uploader.items;
    expect(faultText("en", { ...item, fault: item?.fault ?? "many" }, rules)).toContain(":04");
    expect([states(uploader), uploader.busy, asked]).toEqual([["failed"], false, 1]);
    await vi.advanceTimersByTimeAsync(45_000);
    vi.useRealTimers();

    expect(states(uploader)).toEqual(["ready"]);
    expect(uploader.items[0]?.fault).toBe(null);
  });

  it("what is removed on its way comes to nothing", async () => {
    let go = (_: never) => {};
    const { uploader } = uploading({ begin: () => new Promise((resolve) => (go = resolve)) });
    await uploader.add([file("a.txt")]);

    uploader.remove(uploader.items[0]?.key ?? "");
    go({ upload: { url: "", fields: {} } } as never);
    await new Promise((resolve) => setTimeout(resolve));

    expect(uploader.items).toEqual([]);
    expect(uploader.busy).toBe(false);
  });
});

describe("files of a message that was refused", () => {
  it("stand where they stood, once, and go with the next one", async () => {
    const { uploader } = uploading();
    await uploader.add([file("a.txt")]);
    await vi.waitFor(() => expect(states(uploader)).toEqual(["ready"]), 10_000);
    const previews = new Map([["id-a.txt", "blob:a"]]);
    const sent = uploader.release(new Map());

    uploader.takeBack(sent, previews);
    uploader.takeBack(sent, previews);

    expect(states(uploader)).toEqual(["ready"]);
    expect(uploader.items[0]).toMatchObject({ name: "a.txt", size: 10, preview: "blob:a" });
    expect(uploader.release(previews)).toEqual(sent);
    expect(previews.get("id-a.txt")).toBe("blob:a");
  });

  it("beside ten others wait for another message", async () => {
    const { uploader } = uploading();
    await uploader.add(Array.from({ length: 10 }, (_, index) => file(`${index}.txt`)));
    await vi.waitFor(() => expect(uploader.busy).toBe(false), 10_000);
    const first = uploader.release(new Map());
    await uploader.add([file("new.txt")]);
    await vi.waitFor(() => expect(uploader.busy).toBe(false), 10_000);

    uploader.takeBack(first, new Map());

    expect(uploader.release(new Map())).toHaveLength(10);
    expect(uploader.release(new Map())).toHaveLength(1);
  });
});

describe("links", () => {
  it("are asked for once while they are good, and again when they failed", async () => {
    const link = { url: "u", thumbnail_url: null, expires_at: "" };
    const ask = vi.fn().mockRejectedValueOnce(new NetworkError()).mockResolvedValue(link);
    const links = new Links(ask);

    await expect(links.get("a")).rejects.toThrow();
    await links.get("a");
    await links.get("a");

    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe("words", () => {
  it("a message without words is named by what it carries", () => {
    const picture = { name: "IMG_1.jpg", type: "image/jpeg" };
    const paper = { name: "счёт.pdf", type: "application/pdf" };

    expect(spokenText("ru", { body: "", attachments: [picture] })).toBe("Фото");
    expect(spokenText("en", { body: "", attachments: [paper, picture] })).toBe("счёт.pdf");
    expect(spokenText("en", { body: "Hi", attachments: [picture] })).toBe("Hi");
  });

  it("sizes and faults are what people say", () => {
    expect([999, 1_500, 1_250_000].map((bytes) => sizeText(bytes, "ru"))).toEqual([
      "999 Б",
      "2 КБ",
      "1,3 МБ",
    ]);
    expect(faultText("en", { fault: "size" }, { ...rules, max_bytes: 10_000_000 })).toBe(
      "Larger than 10 MB",
    );
    expect(faultText("ru", { fault: "many" }, rules)).toBe("В сообщении не больше 10 файлов");
    expect(fileTexts("en")("remove", { name: "a.txt" })).toBe("Remove a.txt");
  });

  it("a picture is drawn as large as there is room", () => {
    expect(drawnWidth({ width: 100, height: 50 }, 240, 280)).toBe(100);
    expect(drawnWidth({ width: 2_400, height: 1_200 }, 240, 280)).toBe(240);
    expect(drawnWidth({ width: 500, height: 5_000 }, 240, 280)).toBe(28);
    expect(drawnWidth({ width: null, height: null }, 240, 280)).toBe(240);
  });
});
