/** What one colour of the company makes of the widget: readable on it, and readable itself. */

const WHITE = "#ffffff";
/** With white it is the one pair of which one is always readable: 4.5 × 4.5 is less than 21. */
const BLACK = "#000000";
/** The widget's surfaces and their text, as its style sheet has them. */
const LIGHT = { surface: WHITE, ink: "#15171e" };
const DARK = { surface: "#17181d", ink: "#f0f1f5" };
/** WCAG 2.2, 1.4.3: text on its ground. */
const ENOUGH = 4.5;

export interface Shades {
  accent: string;
  /** Text on the accent. */
  on: string;
  /** The accent as text on the widget's surface. */
  strong: string;
}

/** `accent` is `#rrggbb`. */
export function shades(accent: string, dark: boolean): Shades {
  const { surface, ink } = dark ? DARK : LIGHT;
  let strong = accent;
  for (let part = 0.1; contrast(strong, surface) < ENOUGH && part < 1; part += 0.1) {
    strong = mixed(accent, ink, part);
  }
  return { accent, on: contrast(accent, WHITE) < ENOUGH ? BLACK : WHITE, strong };
}

/** From 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function mixed(one: string, other: string, part: number): string {
  const [a, b] = [channels(one), channels(other)];
  const mix = a.map((each, index) => Math.round(each + ((b[index] ?? 0) - each) * part));
  return `#${mix.map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = channels(color).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const channels = (color: string) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
