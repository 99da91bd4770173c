/** A place in words. */

import type { Language } from "@shared/i18n";
import type { Place } from "@shared/wire";
import { regionName } from "../parts/region";

/** As the GeoIP database calls it in the reader's language, else in another, else by its codes; null if unknown. */
export function placeName(place: Place, language: Language): string | null {
  const named = place.names[language] || place.names.en || place.names.ru;
  if (named) return named;
  const code = place.subdivision ?? place.country;
  const region = code && regionName(code, language);
  return [place.city, region].filter(Boolean).join(", ") || null;
}
