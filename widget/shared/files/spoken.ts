/** Messages for who listens. */

import type { Language } from "../i18n";
import { plain } from "../markup";
import type { Attachment } from "../wire";
import { bareText } from "./words";

/** A message as it is read out: its words without their marks, or what it carries. */
export function spokenText(
  language: Language,
  message: { body: string; attachments?: readonly Pick<Attachment, "name" | "type">[] },
): string {
  const first = message.attachments?.[0];
  if (message.body || !first) return plain(message.body);
  return bareText(language, first.type.startsWith("image/") ? "image" : "file", first.name);
}
