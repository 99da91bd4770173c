import { expect, test } from "vitest";

const sources = import.meta.glob(
  ["../src/**/*.{ts,tsx}", "../loader/**/*.ts", "../shared/**/*.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
) as Record<string, string>;

/** Whatever turns text into elements or code: an XSS here is one on every customer's site. */
const FORBIDDEN =
  /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe|srcdoc|\beval\(|new Function/;

test("nothing turns text into markup or code", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(30);

  const offenders = Object.entries(sources).filter(([, source]) => FORBIDDEN.test(source));

  expect(offenders.map(([path]) => path)).toEqual([]);
});
