/** Web addresses in plain text. */

export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const CLOSING = /[.,!?:;…»”)\]}]+$/u;

/** The text cut into what is a link and what is not; joined again it is the same text. */
export function linkPieces(body: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of body.matchAll(ADDRESS)) {
    const address = withoutClosing(found);
    const href = webAddress(address);
    if (!href) continue;
    if (index > end) pieces.push({ text: body.slice(end, index), href: null });
    pieces.push({ text: address, href });
    end = index + address.length;
  }
  if (end < body.length) pieces.push({ text: body.slice(end), href: null });
  return pieces;
}

/** The sentence's punctuation is not the address's; a bracket is, if it opens inside. */
function withoutClosing(address: string): string {
  const closing = address.match(CLOSING)?.[0] ?? "";
  const bare = address.slice(0, address.length - closing.length);
  return closing.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function webAddress(text: string): string | null {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}
