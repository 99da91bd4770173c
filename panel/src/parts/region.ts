/** Regions in words: the country by its code, as the browser knows it; the subdivision by its own. */

import type { Language } from "@shared/i18n";

const names = new Map<Language, Intl.DisplayNames>();

/** `RU` → "Russia"; `RU-SVE` → "Russia, SVE". */
export function regionName(code: string, language: Language): string {
  const [country = "", ...subdivision] = code.split("-");
  return [countryName(country, language), ...subdivision].join(", ");
}

function countryName(code: string, language: Language): string {
  try {
    return namesIn(language).of(code) ?? code;
  } catch {
    return code;
  }
}

function namesIn(language: Language): Intl.DisplayNames {
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: "region" });
  names.set(language, known);
  return known;
}
