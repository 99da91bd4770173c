/**
 * Typed dictionaries. English is the source; the compiler finds a missing key, a plural form that Russian needs, and a
 * `{value}` that a call forgot. A plural entry is chosen by `{count}`.
 */

export type Language = "en" | "ru";

interface EnglishForms {
  one: string;
  other: string;
}

interface RussianForms {
  one: string;
  few: string;
  many: string;
}

type Source = Record<string, string | EnglishForms>;

/** The Russian side of an English dictionary. */
export type Russian<D extends Source> = {
  [K in keyof D]: D[K] extends string ? string : RussianForms;
};

type Holes<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
type Names<E> = E extends string ? Holes<E> : "count" | Holes<E[keyof E]>;
type Values<E> = [Names<E>] extends [never]
  ? []
  : [values: { [K in Names<E>]: K extends "count" ? number : string | number }];

export type Translate<D extends Source> = <K extends keyof D>(
  key: K,
  ...values: Values<D[K]>
) => string;

/**
 * `const t = translator(language, en, ru)`; `t("unread", { count: 3 })`. Declare `en` with `as const`, `ru` as
 * `Russian<typeof en>`.
 */
export function translator<const D extends Source>(
  language: Language,
  en: D,
  ru: Russian<D>,
): Translate<D> {
  const dictionary: Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>> =
    language === "ru" ? (ru as Record<string, string | RussianForms>) : en;
  const plurals = new Intl.PluralRules(language);
  return (key, ...[values]) => {
    const entry = dictionary[key as string] ?? String(key);
    const filled: Record<string, string | number> = values ?? {};
    const text = typeof entry === "string" ? entry : plural(entry, plurals, Number(filled.count));
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(filled[name] ?? hole));
  };
}

/** The first candidate (`ru`, `en-GB`, …) that is a language we speak; English otherwise. */
export function pickLanguage(...candidates: readonly (string | null | undefined)[]): Language {
  for (const candidate of candidates) {
    const language = candidate?.trim().toLowerCase().split(/[-_]/)[0];
    if (language === "ru" || language === "en") return language;
  }
  return "en";
}

function plural(
  forms: Partial<Record<Intl.LDMLPluralRule, string>>,
  rules: Intl.PluralRules,
  count: number,
): string {
  return forms[rules.select(count)] ?? forms.other ?? forms.few ?? "";
}
