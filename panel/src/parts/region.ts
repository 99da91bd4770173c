/** Regions in words. */

import type { Language } from "@shared/i18n";
import { subdivisionName } from "./subdivisions";

const names = new Map<Language, Intl.DisplayNames>();

/** `RU` → "Russia"; `RU-SVE` → "Sverdlovsk Oblast"; `KZ-ALA` → "Kazakhstan, ALA". */
export function regionName(code: string, language: Language): string {
  const known = subdivisionName(code, language);
  if (known) return known;
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
