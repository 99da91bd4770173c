/** What can be told of an address without the server, which has the last word. */

import type { en } from "../i18n/webhooks";

type Fault = keyof typeof en & `form.url${string}`;

/** As it goes over the wire: a host or path in Cyrillic in its ASCII form. */
export function asciiAddress(address: string): string {
  const trimmed = address.trim();
  return /^[ -~]*$/.test(trimmed) ? trimmed : new URL(trimmed).href;
}

export function addressFault(address: string): Fault | null {
  const trimmed = address.trim();
  if (!trimmed) return "form.urlMissing";
  if (!/^https?:/i.test(trimmed) || !URL.canParse(trimmed)) return "form.urlMalformed";
  const url = new URL(trimmed);
  return url.username || url.password ? "form.urlPersonal" : null;
}
