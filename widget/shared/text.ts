/** What a text is before anybody sends it. */

/** Anything that one can see: neither blank nor a sign that formats, nor one of the letters without a shape. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{2800}\u{3164}\u{ffa0}]/u;

export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** Halves of a pair of code units, which no server takes, become the sign for what cannot be shown. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, "\u{fffd}");
