/** Web addresses in plain text. Pieces, never HTML: the view makes nodes of them. */

export interface Piece {
  text: string;
  /** Set on a link; always http or https. */
  href?: string;
}

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+/gi;
/** Punctuation that ends the sentence rather than the address. */
const TRAILING = /[.,:;!?…»”’*_~]+$/;

export function autolink(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trim(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

function hrefOf(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && url.hostname.includes(".") ? url.href : null;
  } catch {
    return null;
  }
}

/** Without the sentence's punctuation, and without a closing bracket that was opened before the address. */
function trim(address: string): string {
  let end = address.replace(TRAILING, "");
  for (;;) {
    const open = { ")": "(", "]": "[", "}": "{" }[end.slice(-1)];
    if (!open || count(end, end.slice(-1)) <= count(end, open)) return end;
    end = end.slice(0, -1).replace(TRAILING, "");
  }
}

function count(text: string, char: string): number {
  let found = 0;
  for (let index = 0; index < text.length; index += 1) if (text[index] === char) found += 1;
  return found;
}
