/** The newest message in one line. */

import { bareText } from "@shared/files/words";
import type { Language } from "@shared/i18n";
import { plain } from "@shared/markup";
import type { Snippet } from "@shared/wire";

export function snippetText(language: Language, { body, file }: Snippet): string {
  return file ? bareText(language, file, body) : plain(body);
}
