/** Addresses that may be links, and what they lead to. */

/** Where one may stand in a text: of the web, or of a mailbox. */
export const ADDRESS =
  /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/i;

const SCHEMES = ["https:", "http:", "mailto:", "tel:"];
/** Punctuation that ends the sentence rather than the address. */
const TRAILING = ".,:;!?…»”’*_~";
const BRACKETS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

export interface Address {
  text: string;
  href: string;
}

/** The address with which a match of `ADDRESS` begins, without what belongs to the sentence. */
export function addressIn(found: string): Address | null {
  const text = trimmed(found);
  const isMail = !/^(?:https?:|www\.)/i.test(text);
  const href = hrefOf(isMail ? `mailto:${text}` : text);
  return href && (isMail || hostOf(href).includes(".")) ? { text, href } : null;
}

/** What a link leads to; null unless it is of a kind that does nothing but lead somewhere. */
export function hrefOf(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    return SCHEMES.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Whether words that look like an address are the one to which the link leads. */
export function isHonest(words: string, href: string): boolean {
  const start = words.slice(0, 300);
  const shown = ADDRESS.exec(start)?.[0] ?? /(?:[\w-]+\.)+[a-z]{2,}/i.exec(start)?.[0];
  if (!shown) return true;
  const seems = /^https?:/i.test(shown) || shown.includes("@") ? shown : `https://${shown}`;
  const leads = new URL(href);
  if (shown.includes("@")) return leads.protocol === "mailto:" && leads.pathname === shown;
  const bare = (host: string) => host.replace(/^www\./, "");
  const target = hrefOf(seems);
  return target !== null && bare(hostOf(target)) === bare(leads.hostname);
}

function hostOf(href: string): string {
  return new URL(href).hostname;
}

/** Without the sentence's punctuation, and without a closing bracket that was opened before the address. */
function trimmed(found: string): string {
  const surplus: Record<string, number> = {};
  for (const char of found) {
    if (char in BRACKETS) surplus[char] = (surplus[char] ?? 0) + 1;
    else
      for (const close in BRACKETS)
        if (BRACKETS[close] === char) surplus[close] = (surplus[close] ?? 0) - 1;
  }
  let end = found.length;
  for (; end > 0; end -= 1) {
    const char = found[end - 1] as string;
    if ((surplus[char] ?? 0) > 0 && char in BRACKETS) surplus[char] = (surplus[char] ?? 0) - 1;
    else if (!TRAILING.includes(char)) break;
  }
  return found.slice(0, end);
}
