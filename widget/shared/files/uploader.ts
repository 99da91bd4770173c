/** The files that somebody is about to send: checked, uploaded, kept over a reload. */

import { ApiError, isTooFast, isTransient, NetworkError } from "../api";
import { uuid } from "../ids";
import type {
  Attachment,
  AttachmentBegun,
  AttachmentCompleted,
  AttachmentRequest,
  AttachmentRules,
} from "../wire";
import { forget, type Kept, keep, recall } from "./kept";
import { type FileType, isImage, typeOf } from "./kinds";
import { MOST_FILES } from "./limits";
import { type Posting, post } from "./post";
import { thumbnailOf } from "./thumbnail";

/** A form is good for a minute: what waits behind these gets its own when it is its turn. */
const AT_ONCE = 2;
const TRIES = 3;
const RETRY_MS = 1_000;
/** After "too many requests", where the server does not say for how long. */
const PAUSE_SECONDS = 10;

/**
 * Why a file is not going: `many`, `type`, `size`, `empty` before it is uploaded, `content` after; `pause`: the server
 * wants us to be slower, and it goes by itself then.
 */
export type Fault =
  | "many"
  | "type"
  | "size"
  | "empty"
  | "content"
  | "refused"
  | "network"
  | "pause";

export interface Item {
  key: string;
  name: string;
  size: number;
  image: boolean;
  state: "waiting" | "uploading" | "ready" | "failed";
  /** From 0 to 1. */
  progress: number;
  fault: Fault | null;
  /** Of a pause: when it goes on (ms since 1970). */
  until?: number;
  /** An address of its thumbnail in this page. */
  preview: string | null;
  attachment: Attachment | null;
}

export interface UploaderOptions {
  /** Where the files are to be sent; a reload finds them by it. */
  scope: string;
  rules(): AttachmentRules | null;
  begin(wish: AttachmentRequest): Promise<AttachmentBegun>;
  complete(id: string): Promise<AttachmentCompleted>;
  onChange(items: readonly Item[]): void;
}

export class Uploader {
  items: readonly Item[] = [];
  private readonly files = new Map<string, Kept>();
  private readonly posting = new Map<string, Posting>();
  private readonly pauses = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly options: UploaderOptions) {
    addEventListener("online", this.tryAgain);
  }

  /** Whether something is on its way: a message waits for its files. */
  get busy(): boolean {
    return this.items.some(({ state }) => state === "waiting" || state === "uploading");
  }

  get ready(): boolean {
    return this.items.some(({ state }) => state === "ready");
  }

  /** What this tab had before it was loaded again. */
  async restore(): Promise<void> {
    for (const kept of await recall(this.options.scope)) {
      if (!this.files.has(kept.key)) this.take(kept);
    }
    this.pump();
  }

  async add(files: Iterable<File>): Promise<void> {
    const taken: Promise<void>[] = [];
    for (const file of files) taken.push(this.addOne(file));
    await Promise.all(taken);
    this.pump();
  }

  remove(key: string): void {
    this.posting.get(key)?.stop();
    clearTimeout(this.pauses.get(key));
    const item = this.items.find((each) => each.key === key);
    if (item?.preview) URL.revokeObjectURL(item.preview);
    this.files.delete(key);
    void forget(key);
    this.show(this.items.filter((each) => each.key !== key));
    this.pump();
  }

  retry(key: string): void {
    this.change(key, { state: "waiting", progress: 0, fault: null });
    this.pump();
  }

  /** What is ready goes with a message, and is no more here. Its thumbnail is shown on, by its id. */
  release(previews: Map<string, string>): Attachment[] {
    const ready = this.items.filter(({ state }) => state === "ready").slice(0, MOST_FILES);
    for (const { key, attachment, preview } of ready) {
      if (attachment && preview) previews.set(attachment.id, preview);
      this.change(key, { preview: null });
      this.remove(key);
    }
    return ready.flatMap(({ attachment }) => attachment ?? []);
  }

  /** The files of a message that was refused: uploaded they are, and may go with another one. */
  takeBack(attachments: readonly Attachment[], previews: Map<string, string>): void {
    const here = new Set(this.items.map(({ attachment }) => attachment?.id));
    for (const attachment of attachments.filter(({ id }) => !here.has(id))) {
      const type = attachment.type as FileType;
      const kept = { key: uuid(), name: attachment.name, type, file: null, thumbnail: null };
      const record = { ...kept, attachment, scope: this.options.scope, at: Date.now() };
      this.take({ ...record, tab: "" });
      this.change(record.key, { preview: previews.get(attachment.id) ?? null });
      void keep(record);
    }
  }

  close(): void {
    removeEventListener("online", this.tryAgain);
    for (const each of this.posting.values()) each.stop();
    for (const each of this.pauses.values()) clearTimeout(each);
  }

  private async addOne(file: File): Promise<void> {
    const rules = this.options.rules();
    const type = rules && typeOf(file, rules);
    const key = uuid();
    const fault = faultOf(file, type, rules, this.items.length);
    const item: Item = {
      key,
      name: file.name,
      size: file.size,
      image: type !== null && isImage(type),
      state: fault ? "failed" : "waiting",
      progress: 0,
      fault,
      preview: null,
      attachment: null,
    };
    this.show([...this.items, item]);
    if (fault || !type) return;
    const thumbnail = item.image ? await thumbnailOf(file) : null;
    if (!this.items.some((each) => each.key === key)) return;
    const kept = { key, name: file.name, type, file, thumbnail, attachment: null };
    this.take({ ...kept, scope: this.options.scope, tab: "", at: Date.now() });
    await keep({ ...kept, scope: this.options.scope, at: Date.now() });
  }

  /** Into the tray, or, where it is there already, ready to be uploaded. */
  private take(kept: Kept): void {
    const { key, attachment, thumbnail } = kept;
    this.files.set(key, kept);
    const item: Item = {
      key,
      name: kept.name,
      size: attachment?.size ?? kept.file?.size ?? 0,
      image: isImage(kept.type),
      state: attachment ? "ready" : "waiting",
      progress: attachment ? 1 : 0,
      fault: null,
      preview: thumbnail && URL.createObjectURL(thumbnail),
      attachment,
    };
    const here = this.items.some((each) => each.key === key);
    this.show(
      here ? this.items.map((each) => (each.key === key ? item : each)) : [...this.items, item],
    );
  }

  private pump(): void {
    const running = this.items.filter(({ state }) => state === "uploading").length;
    const next = this.items.filter(({ key, state }) => state === "waiting" && this.files.has(key));
    for (const { key } of next.slice(0, Math.max(0, AT_ONCE - running))) {
      this.change(key, { state: "uploading" });
      void this.upload(key).then(() => this.pump());
    }
  }

  private async upload(key: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const kept = this.files.get(key);
        if (!kept?.file) return;
        const attachment = await this.carry(kept, kept.file);
        if (!this.files.has(key)) return;
        this.files.set(key, { ...kept, attachment });
        this.change(key, { state: "ready", progress: 1, attachment });
        await keep({ ...kept, attachment });
        return;
      } catch (error) {
        if (!this.files.has(key)) return;
        if (isTooFast(error)) {
          this.pause(key, (error as ApiError).retryAfter ?? PAUSE_SECONDS);
          return;
        }
        if (!isTransient(error) || tries === TRIES) {
          this.change(key, { state: "failed", fault: faultFrom(error) });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS * tries));
      }
    }
  }

  /** What is ready may be sent meanwhile. */
  private pause(key: string, seconds: number): void {
    const until = Date.now() + seconds * 1000;
    this.change(key, { state: "failed", progress: 0, fault: "pause", until });
    this.pauses.set(
      key,
      setTimeout(() => this.retry(key), seconds * 1000),
    );
  }

  private async carry(kept: Kept, file: Blob): Promise<Attachment> {
    const { key, name, type, thumbnail } = kept;
    const wish = { name, type, size: file.size, thumbnail_size: thumbnail?.size ?? null };
    const begun = await this.options.begin(wish);
    if (thumbnail && begun.thumbnail_upload) {
      await this.send(
        key,
        post(begun.thumbnail_upload, thumbnail, () => {}),
      );
    }
    const progress = (share: number) => this.change(key, { progress: share });
    await this.send(key, post(begun.upload, file, progress));
    return (await this.options.complete(begun.attachment_id)).attachment;
  }

  private async send(key: string, posting: Posting): Promise<void> {
    if (!this.files.has(key)) posting.stop();
    this.posting.set(key, posting);
    try {
      await posting.done;
    } finally {
      this.posting.delete(key);
    }
  }

  private readonly tryAgain = (): void => {
    for (const { key, fault } of this.items) if (fault === "network") this.retry(key);
  };

  private change(key: string, facts: Partial<Item>): void {
    this.show(this.items.map((each) => (each.key === key ? { ...each, ...facts } : each)));
  }

  private show(items: readonly Item[]): void {
    this.items = items;
    this.options.onChange(items);
  }
}

function faultOf(
  file: File,
  type: string | null,
  rules: AttachmentRules | null,
  already: number,
): Fault | null {
  if (!rules?.enabled) return "refused";
  if (already >= MOST_FILES) return "many";
  if (!type) return "type";
  if (!file.size) return "empty";
  return file.size > rules.max_bytes ? "size" : null;
}

function faultFrom(error: unknown): Fault {
  if (error instanceof NetworkError || isTransient(error)) return "network";
  const field = error instanceof ApiError ? error.field : undefined;
  return field === "type" || field === "size" || field === "content" ? field : "refused";
}
