/** Who the page says the visitor is: told the server once there is a visitor to tell it of, and not twice. */

import { ApiError, isTransient } from "@shared/api";
import { readItem, writeItem } from "@shared/storage";
import { wellFormed } from "@shared/text";
import type { IdentifyRequest, WidgetInbox } from "@shared/wire";
import type { Said, Widget } from "./widget";

type Fact = keyof IdentifyRequest;
/** A fact that is none, and why; without a fact: what was said as a whole. */
export type Report = (why: string, fact?: Fact) => void;
/** What the server has been told: a hash, for whoever uses this browser next, and why it did not take it. */
type Told = { [Each in Fact]?: [hash: number, why: string] };

const FACTS: readonly Fact[] = ["name", "email", "phone"];
const RETRY_MS = 5_000;
const RETRY_MAX_MS = 300_000;

export class Identity {
  private said: Said = {};
  private widget: Widget | null = null;
  /** It is all told of the visitor of this beginning: a lost session begins anew, as somebody else. */
  private settled: WidgetInbox | null = null;
  private reported: Said = {};
  /** One at a time: what was said last shall stand. */
  private busy = false;
  private failures = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly report: Report) {}

  /** More of them, or something else. */
  say(facts: unknown): void {
    const more = saidIn(facts);
    if (!Object.keys(more).length) {
      this.report("there is no name, email or phone");
      return;
    }
    this.become({ ...this.said, ...more });
  }

  forget(): void {
    this.become({});
    this.reported = {};
  }

  /** Something has changed: perhaps there is a visitor now. */
  look(widget: Widget): void {
    this.widget = widget;
    const { said, busy } = this;
    const { value: begun } = widget.inbox;
    if (busy || !begun || this.settled === begun) return;
    widget.said = said;
    const known = widget.identified ? remembered(widget.key) : {};
    const isNew = (fact: Fact) => said[fact] && known[fact]?.[0] !== hashOf(said[fact]);
    const news = FACTS.filter(isNew);
    if (news.length) void this.tell(widget, said, news, known);
    else this.settle(begun, known);
  }

  private become(said: Said): void {
    this.said = said;
    this.settled = null;
    this.failures = 0;
    if (this.pause) this.goOn();
  }

  private async tell(widget: Widget, said: Said, news: readonly Fact[], known: Told) {
    const begun = widget.inbox.value;
    this.busy = true;
    try {
      const told = await ask(widget, said, news);
      if (this.said === said && widget.inbox.value === begun) {
        widget.identified ||= news.some((fact) => !told[fact]?.[1]);
        writeItem(`${widget.key}:said`, JSON.stringify({ ...known, ...told }));
        this.settle(begun, { ...known, ...told });
      }
    } catch (error) {
      if (isTransient(error)) {
        const wait = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** this.failures);
        this.failures += 1;
        this.pause = setTimeout(() => this.goOn(), wait);
        return;
      }
      if (this.said === said) {
        this.settled = begun;
        this.report(String((error as Error).message));
      }
    }
    this.goOn();
  }

  private goOn(): void {
    clearTimeout(this.pause);
    this.pause = undefined;
    this.busy = false;
    if (this.widget) this.look(this.widget);
  }

  private settle(begun: WidgetInbox | null, told: Told): void {
    this.settled = begun;
    this.failures = 0;
    for (const fact of FACTS) {
      const value = this.said[fact];
      const why = value && told[fact]?.[1];
      if (!why || this.reported[fact] === value) continue;
      this.reported[fact] = value;
      this.report(why, fact);
    }
  }
}

/** Resolves when the server has what it takes. */
async function ask(widget: Widget, said: Said, news: readonly Fact[]): Promise<Told> {
  const told: Told = {};
  const left: Said = {};
  for (const fact of news) {
    left[fact] = said[fact] ?? "";
    told[fact] = [hashOf(said[fact]), ""];
  }
  while (Object.keys(left).length) {
    try {
      await widget.ask("identify", left);
      break;
    } catch (error) {
      const fact = error instanceof ApiError && error.code === "invalid" ? error.field : "";
      if (!fact || !(fact in left)) throw error;
      delete left[fact as Fact];
      told[fact as Fact]?.splice(1, 1, (error as ApiError).message);
    }
  }
  return told;
}

function saidIn(facts: unknown): Said {
  const said: Said = {};
  for (const fact of FACTS) {
    const value = (facts as Said | null | undefined)?.[fact] ?? "";
    const text = wellFormed(String(value)).trim();
    if (text) said[fact] = text;
  }
  return said;
}

function remembered(key: string): Told {
  try {
    return JSON.parse(readItem(`${key}:said`) ?? "{}") as Told;
  } catch {
    return {};
  }
}

function hashOf(text = ""): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
