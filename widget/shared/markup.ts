/**
 * The marks in a text, as a tree of nodes and never as HTML: the views make elements of the few tags there are. What
 * is no mark stays as it was written. Linear in the length of the text.
 */

import { ADDRESS, addressIn, hrefOf, isHonest } from "./addresses";

export type Tag =
  | "p"
  | "strong"
  | "em"
  | "s"
  | "code"
  | "pre"
  | "a"
  | "ul"
  | "ol"
  | "li"
  | "blockquote";

export interface Element {
  tag: Tag;
  children: Node[];
  /** Of a link: http, https, mailto or tel. */
  href?: string;
  /** Of a numbered list: its first number. */
  start?: number;
}

/** Text keeps its line breaks: the views show it `pre-wrap`. */
export type Node = string | Element;

/** Quotes and lists within each other; deeper ones stay as they were written. */
const DEPTH = 4;

export function parse(text: string): Node[] {
  return blocks(text.replace(/\r\n?/g, "\n").split("\n"), DEPTH);
}

/** Without the marks: for one line in a list, for notifications, for a screen reader. */
export function plain(text: string): string {
  return textOf(parse(text)).trim();
}

/** What goes to an element beside its children. */
export function attributes({ tag, href, start }: Element): Record<string, string | number> {
  if (href) return { href, target: "_blank", rel: "noopener noreferrer nofollow ugc", title: href };
  if (start !== undefined) return { start };
  return tag === "p" || tag === "li" || tag === "blockquote" ? { dir: "auto" } : {};
}

/** A few emoji and nothing else: they are shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 40 && EMOJI_ONLY.test(text.replace(/\s/g, ""));
}

const ONE_EMOJI =
  "(?:\\p{RI}{2}|(?:\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F)\\u20E3?\\p{EMod}?" +
  "(?:\\u200D(?:\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F?)\\p{EMod}?)*)";
const EMOJI_ONLY = new RegExp(`^${ONE_EMOJI}{1,3}$`, "u");

function textOf(nodes: Node[]): string {
  let text = "";
  for (const node of nodes) {
    if (typeof node === "string") {
      text += node;
    } else {
      const isBlock = BLOCKS.has(node.tag);
      if (isBlock && text && !text.endsWith("\n")) text += "\n";
      text += textOf(node.children);
      if (isBlock && !text.endsWith("\n")) text += "\n";
    }
  }
  return text;
}

const BLOCKS = new Set<Tag>(["p", "pre", "ul", "ol", "li", "blockquote"]);

// -------------------------------------------------------------------- blocks

/** With the name of a language, which is not shown. */
const FENCE = /^```[a-z+#]*\s*$/;
const FENCE_END = /^```\s*$/;
const QUOTE = /^>(?: |$)/;
const ITEM = /^( {0,3})(?:[-*•]|(\d{1,9})[.)]) +(?=\S)/;

function blocks(lines: readonly string[], depth: number): Node[] {
  const found: Node[] = [];
  let words: string[] = [];
  const endWords = () => {
    const text = words.join("\n").replace(/^\n+/, "").trimEnd();
    if (text) found.push({ tag: "p", children: inline(text) });
    words = [];
  };
  const add = (element: Element) => {
    endWords();
    found.push(element);
  };
  const lastEnd = lines.reduce((last, line, index) => (FENCE_END.test(line) ? index : last), -1);
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as string;
    if (at < lastEnd && FENCE.test(line)) {
      const end = next(lines, at + 1, (one) => FENCE_END.test(one));
      const code = lines.slice(at + 1, end).join("\n");
      add({ tag: "pre", children: code ? [code] : [] });
      at = end + 1;
    } else if (depth && QUOTE.test(line)) {
      const end = next(lines, at, (one) => !QUOTE.test(one));
      const quoted = lines.slice(at, end).map((one) => one.slice(2));
      add({ tag: "blockquote", children: blocks(quoted, depth - 1) });
      at = end;
    } else {
      const list = depth ? listAt(lines, at) : null;
      if (list) {
        const { start } = list;
        const children = list.items.map((item): Node => {
          const [first, ...rest] = blocks(item, depth - 1) as Element[];
          const words = first?.tag === "p" ? first.children : first ? [first] : [];
          return { tag: "li", children: [...words, ...rest] };
        });
        add(start === null ? { tag: "ul", children } : { tag: "ol", start, children });
        at = list.end;
      } else {
        words.push(line);
        at += 1;
      }
    }
  }
  endWords();
  return found;
}

function next(lines: readonly string[], from: number, is: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !is(lines[at] as string)) at += 1;
  return at;
}

interface List {
  start: number | null;
  /** The lines of each. */
  items: string[][];
  end: number;
}

/** Two lines at least that go on like a list: a dash before one line is direct speech, "5. May" is a date. */
function listAt(lines: readonly string[], from: number): List | null {
  const items: string[][] = [];
  const first = ITEM.exec(lines[from] as string);
  if (!first) return null;
  const [, margin = "", number] = first;
  const start = number === undefined ? null : Number(number);
  let at = from;
  while (at < lines.length) {
    const line = lines[at] as string;
    const item = ITEM.exec(line);
    const told = start === null ? undefined : String(start + items.length);
    if (item && item[1] === margin && item[2] === told) {
      items.push([line.slice(item[0].length)]);
      at += 1;
    } else if (line.startsWith(`${margin}  `) && line.trim()) {
      items[items.length - 1]?.push(line.slice(margin.length + 2));
      at += 1;
    } else if (!line.trim() && ITEM.exec(lines[at + 1] ?? "")?.[2] === told) {
      // A line between two items.
      at += 1;
    } else {
      break;
    }
  }
  return items.length > 1 ? { start, items, end: at } : null;
}

// -------------------------------------------------------------------- inline

const TOKEN = new RegExp(`\`+|\\*+|_+|~~|\\[|\\]|${ADDRESS.source}`, "gi");
/** What follows a link's words: `(https://…)`; an address may have brackets of its own. */
const TARGET = /\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)?)\)/y;
/** So that 2*3*4 and some_long_name stay what they are. */
const OPENS_AFTER = /[\s([{"'«“„—–*_~>|-]/;
const CLOSES_BEFORE = /^(?:[\s)\]}"'»”“—–*_~</|-]|[.,:;!?…](?!\w))/;
const TAGS: Record<string, Tag> = { "**": "strong", __: "strong", "*": "em", _: "em", "~~": "s" };

/** A mark that was opened, with what has followed it so far. */
interface Open {
  mark: string;
  nodes: Node[];
}

function inline(text: string): Node[] {
  /** Each mark at most once, so there are never many. */
  const open: Open[] = [{ mark: "", nodes: [] }];
  const put = (node: Node) => {
    if (node === "") return;
    const { nodes } = open[open.length - 1] as Open;
    const last = nodes[nodes.length - 1];
    if (typeof node !== "string" || typeof last !== "string") nodes.push(node);
    else nodes[nodes.length - 1] = last + node;
  };
  /** It was no mark after all. */
  const giveUp = (index: number) => {
    const [{ mark, nodes }] = open.splice(index, 1) as [Open];
    const above = open.splice(index);
    put(mark);
    nodes.forEach(put);
    open.push(...above);
  };
  const indexOf = (mark: string) => open.findIndex((one) => one.mark === mark);
  const begin = (mark: string) => {
    const before = indexOf(mark);
    if (before > 0) giveUp(before);
    open.push({ mark, nodes: [] });
  };
  const close = (mark: string): Node[] | null => {
    const index = indexOf(mark);
    if (index < 1) return null;
    while (open.length > index + 1) giveUp(index + 1);
    return (open.pop() as Open).nodes;
  };
  const codeEnds = codeEndsIn(text);
  let at = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [token] = found;
    put(text.slice(at, found.index));
    at = found.index + token.length;
    const before = text[found.index - 1] ?? " ";
    const after = text.slice(at, at + 2) || " ";
    if (token[0] === "`") {
      const end = codeEnds.get(found.index);
      if (end === undefined) {
        put(token);
      } else {
        put({ tag: "code", children: [text.slice(at, end)] });
        at = end + token.length;
      }
    } else if (token === "[") {
      begin(token);
    } else if (token === "]") {
      TARGET.lastIndex = at;
      const target = TARGET.exec(text);
      const href = target && hrefOf(target[1] as string);
      const words = href ? close("[") : null;
      if (!target || !href || !words) {
        put(token);
      } else {
        const label = textOf(words);
        if (isHonest(label, href)) put({ tag: "a", href, children: unlinked(words) });
        else put(`[${label}]${target[0]}`);
        at += target[0].length;
      }
    } else if (/[*_~]/.test(token[0] as string)) {
      const opens = OPENS_AFTER.test(before) && /^\S/.test(after);
      const closes = /\S/.test(before) && CLOSES_BEFORE.test(after);
      for (const mark of marksIn(token, open[open.length - 1]?.mark)) {
        const tag = TAGS[mark];
        const words = tag && closes ? close(mark) : null;
        if (tag && words?.length) put({ tag, children: words });
        else if (words) put(mark + mark);
        else if (tag && opens) begin(mark);
        else put(mark);
      }
    } else {
      const address = addressIn(token);
      put(address ? { tag: "a", href: address.href, children: [address.text] } : token);
      if (address) at = found.index + address.text.length;
    }
    TOKEN.lastIndex = at;
  }
  put(text.slice(at));
  while (open.length > 1) giveUp(1);
  return (open[0] as Open).nodes;
}

/** Three at once are two marks, the inner one first. */
function marksIn(token: string, innermost: string | undefined): string[] {
  if (token.length !== 3) return [token];
  const [one] = token as unknown as [string];
  return innermost === one ? [one, one + one] : [one + one, one];
}

/** From each run of backticks to the next of the same length on its line. */
function codeEndsIn(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const last = new Map<number, number>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const from = last.get(run.length);
    const within = from !== undefined && text.slice(from + run.length, index);
    if (from !== undefined && within && !within.includes("\n")) ends.set(from, index);
    last.set(run.length, index);
  }
  return ends;
}

/** No link within a link. */
function unlinked(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return [node];
    const children = unlinked(node.children);
    return node.tag === "a" ? children : [{ ...node, children }];
  });
}
