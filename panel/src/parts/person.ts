/** How people are called and told apart on the screen. */

import type { Contact } from "@shared/wire";
import type { Text } from "../i18n/language";

const HUES = [162, 24, 208, 336, 46, 272, 188, 4, 96, 232];

/** A hue for an id, always the same. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) | 0;
  return HUES[Math.abs(hash) % HUES.length] ?? 0;
}

/** "Анна Соколова" → "АС"; "Visitor 3F7A" → "3F", since the first word is everybody's. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? "";
  if (/\d/.test(last)) return last.slice(0, 2);
  const letters = words.map((word) => word.match(/\p{L}/u)?.[0] ?? "").join("");
  return letters.slice(0, 2).toUpperCase() || "?";
}

/** What they told us, or a name made of the id's last four characters. */
export function contactName(contact: Contact, t: Text): string {
  return contact.name || t("list.visitor", { code: codeOf(contact.id) });
}

function codeOf(id: string): string {
  return id
    .replace(/[^a-zA-Z0-9]/g, "")
    .slice(-4)
    .toUpperCase();
}
