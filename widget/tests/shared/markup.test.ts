import { type Element, isEmojiOnly, type Node, parse, plain } from "@shared/markup";
import { expect, test } from "vitest";

/** A short way to write a tree down: strong(a em(b)). */
function show(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const { tag, href, start, children } = node;
      return `${tag}${start ?? ""}(${href ? `${href} ` : ""}${show(children)})`;
    })
    .join("");
}

/** The words of one paragraph. */
function words(text: string): string {
  const [first, ...rest] = parse(text) as Element[];
  expect(first?.tag).toBe("p");
  return show([...(first?.children ?? []), ...rest]);
}

test.each([
  ["**bold** and *slanted* and _slanted_", "strong(bold) and em(slanted) and em(slanted)"],
  ["__bold__ ~~gone~~ `code *as is*`", "strong(bold) s(gone) code(code *as is*)"],
  ["***both*** **outer _inner_ outer**", "strong(em(both)) strong(outer em(inner) outer)"],
  ["**Важно:** да, (_очень_)!", "strong(Важно:) да, (em(очень))!"],
  ["``a ` b`` and ```three```", "code(a ` b) and code(three)"],
  ["**a **b** c", "**a strong(b) c"],
  ["**crossing _marks** here_", "strong(crossing _marks) here_"],
])("marks in %j", (text, tree) => {
  expect(words(text)).toBe(tree);
});

test.each([
  "2*3*4=24, 2 * 3 * 4",
  "some_long_name and __init__.py and *.txt *.doc",
  "¯\\_(ツ)_/¯",
  "**never closed, _nor this, `nor that",
  "**** ~~~~ ____ `` ** ** [] []() ](",
  "~5 минут ~ 10",
  "- Одна строка с тире",
  "5. мая приеду",
  "10. a\n20. b",
  ">:( 5 > 3",
  "[no link](javascript:alert(1)) [none](data:text/html,x) [none](//a.b) [x]( a.b )",
  "```\nnever closed",
  "C:\\*new*\\_old_",
])("what is no mark stays as it is: %j", (text) => {
  expect(words(text)).toBe(text);
});

test.each([
  ["see https://a.example/b?c=d.", "see a(https://a.example/b?c=d https://a.example/b?c=d)."],
  ["(www.a.example), ok", "(a(https://www.a.example/ www.a.example)), ok"],
  ["https://a.example/x_(y)_z", "a(https://a.example/x_(y)_z https://a.example/x_(y)_z)"],
  ["https://a.example/x)", "a(https://a.example/x https://a.example/x))"],
  ["**https://a.example/**", "strong(a(https://a.example/ https://a.example/))"],
  ["to a_b@shop.example, now", "to a(mailto:a_b@shop.example a_b@shop.example), now"],
  ["[our **site**](https://a.example/x_(y))", "a(https://a.example/x_(y) our strong(site))"],
  ["[call](tel:+74951234567)", "a(tel:+74951234567 call)"],
  ["[a.example](https://a.example/x)", "a(https://a.example/x a.example)"],
  ["javascript:alert(1) data:text/html,x ftp://a.example", null],
  ['https:// http://x www. https://" ', null],
])("links in %j", (text, tree) => {
  expect(words(text)).toBe(tree ?? text.trimEnd());
});

test.each([
  "[https://bank.example](https://evil.example)",
  "[bank.example](https://evil.example/)",
])("words that name another place than the link leads to are no link: %j", (text) => {
  expect(words(text)).toBe(text);
});

test("lists, quotes and code as blocks", () => {
  const text = [
    "Нужно:",
    "- паспорт",
    "- **чек**",
    "  или его номер",
    "",
    "3. раз",
    "4. два",
    "   - a",
    "   - b",
    "> сказано",
    "> - x",
    "> - y",
    "```ts",
    "if (a) {",
    "  *b*",
    "```",
    "Всё",
    "",
    "Пока",
  ].join("\n");

  expect(show(parse(text))).toBe(
    "p(Нужно:)ul(li(паспорт)li(strong(чек)\nили его номер))" +
      "ol3(li(раз)li(дваul(li(a)li(b))))" +
      "blockquote(p(сказано)ul(li(x)li(y)))pre(if (a) {\n  *b*)p(Всё\n\nПока)",
  );
  expect(plain(text)).toBe(
    "Нужно:\nпаспорт\nчек\nили его номер\nраз\nдва\na\nb\nсказано\nx\ny\nif (a) {\n  *b*\nВсё\n\nПока",
  );
});

test.each([
  ["😀", true],
  ["👍🏽 ❤️", true],
  ["👩‍💻👨‍👩‍👧🇷🇺", true],
  ["1️⃣", true],
  ["5", false],
  ["😀!", false],
  ["😀😀😀😀", false],
  ["", false],
])("only emoji: %j → %s", (text, only) => {
  expect(isEmojiOnly(text)).toBe(only);
});

/** The same on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const PIECES = [
  ..."*_~`[]()>-1.2) \n\n  ABяж",
  "**",
  "__",
  "~~",
  "```",
  "```\n",
  "> ",
  "- ",
  "1. ",
  "2. ",
];
PIECES.push(
  "https://a.b/",
  "www.a.b",
  "a@b.cd",
  "](https://x.yz)",
  "\r\n",
  "\u202e",
  "\u200b",
  "😀",
  "\ud800",
);

function written(next: () => number): string {
  const length = Math.floor(next() * 60);
  return Array.from({ length }, () => PIECES[Math.floor(next() * PIECES.length)]).join("");
}

const TAGS = "p strong em s code pre a ul ol li blockquote".split(" ");

/** What no tree may have. */
function wrongIn(nodes: Node[], within: string[]): unknown[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return node ? [] : ["an empty text"];
    const { tag, href, children } = node;
    const above = within[within.length - 1] ?? "";
    return [
      TAGS.includes(tag) ? [] : tag,
      (tag === "a") === (href !== undefined) ? [] : "an address of no link",
      /^(https?|mailto|tel):/.test(href ?? "tel:") ? [] : href,
      tag === "a" && within.includes("a") ? "a link within a link" : [],
      (tag === "li") === /^[uo]l$/.test(above) ? [] : `${tag} in ${above}`,
      wrongIn(children, [...within, tag]),
    ].flat();
  });
}

test("whatever is written, no word is lost, and only known elements come out", () => {
  const letters = (from: string) =>
    [...from.replace(/https:\/\/x\.yz/g, "").matchAll(/[ABabяж😀@/]/gu)].join("");
  const wrong: unknown[] = [];
  for (let seed = 1; seed <= 3_000; seed += 1) {
    const text = written(random(seed));
    const tree = parse(text);
    wrong.push(...wrongIn(tree, []));
    if (letters(plain(text)) !== letters(text)) wrong.push(text);
  }

  expect(wrong).toEqual([]);
});

test("text without marks is what it was", () => {
  const next = random(7);
  for (let round = 0; round < 500; round += 1) {
    const letters = Array.from({ length: 80 }, () => "абв xyz,.!?\n123"[Math.floor(next() * 15)]);
    const text = letters
      .join("")
      .trim()
      .replace(/^\d+[.)]/gm, "");

    expect(plain(text)).toBe(text.trim());
  }
});

test("the time it takes grows with the length and no faster", () => {
  const hostile = [
    ..."*_~`[](>-!. \n",
    "**a ",
    "*a ",
    "_a_",
    "[a",
    "](",
    "](a",
    "[a](https://b.c",
    "> ",
    "- a\n",
    "1. a\n",
    "```a\n",
    "`` ` ",
    "www.",
    "http://",
    "https://a.b/(",
    "https://a.b/!!!!)",
    "a.",
    "a@",
    "a@b.",
    "**_~~",
    "***",
    "   1. a\n",
    "  - a\n",
    "> > ",
    "[[",
    "a_",
    "[a.b.c.",
    "a.a",
  ];
  const slow: string[] = [];
  for (const unit of hostile) {
    for (const ending of ["", "*", "](https://b.c)", "\n```"]) {
      const text = unit.repeat(Math.ceil(4000 / unit.length)) + ending;
      parse(text);
      const took = Math.min(...[1, 2, 3, 4].map(() => busy(() => parse(text))));
      if (took > 15) slow.push(`${JSON.stringify(unit + ending)}: ${took.toFixed(1)} ms`);
    }
  }

  expect(slow).toEqual([]);
});

interface Used {
  user: number;
  system: number;
}
declare const process: { cpuUsage(since?: Used): Used };

/** Milliseconds of computing: the wall's clock also counts what others do. */
function busy(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}
