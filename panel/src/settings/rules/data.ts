/** What changes region rules, and what is asked of places. */

import { useDebouncedValue } from "@mantine/hooks";
import type { Language } from "@shared/i18n";
import type { KnownPlace, RegionRule, RuleRequest, Settings } from "@shared/wire";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { regionName } from "../../parts/region";
import { deleteRule, fetchPlaces, postRule } from "../api";
import { changeCompany, fetchAgain, useSignedIn } from "../data";

const CALM_MS = 250;

type Named = Pick<RegionRule, "names">;
type Placed = Pick<RegionRule, "scope" | "place">;

/** Places whose name begins like what is typed, or contains it. */
export function usePlaces(typed: string) {
  const [query] = useDebouncedValue(typed.trim(), CALM_MS);
  const enabled = useSignedIn() && query.length > 0;
  return useQuery({
    queryKey: ["places", query],
    queryFn: () => fetchPlaces(query),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
    enabled,
  });
}

export const keyOf = ({ scope, place }: Placed) => `${scope}/${place}`;

export function nameIn({ names }: Named, language: Language): string {
  return names[language] || names.en || names.ru || "";
}

/** A rule that was made without the panel may have its code for a name. */
export function ruleName(rule: RegionRule, language: Language): string {
  const name = nameIn(rule, language);
  return name && name !== rule.place ? name : regionName(rule.place, language);
}

/** `Каменск-Уральский, Свердловская область`. */
export function fullName({ within, ...place }: KnownPlace, language: Language): string {
  const around = within && (within[language] || within.en || within.ru);
  return [nameIn(place, language), around].filter(Boolean).join(", ");
}

export async function saveRule(body: RuleRequest): Promise<void> {
  try {
    const { rule } = await postRule(body);
    changeCompany(({ rules }) => ({ rules: [...others(rules, rule), rule] }));
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

export async function removeRule(rule: RegionRule): Promise<void> {
  try {
    await deleteRule(rule);
    changeCompany(({ rules }) => ({ rules: others(rules, rule) }));
  } catch (error) {
    fetchAgain();
    throw error;
  }
}

/** In the order of their names. */
export function rulesOf({ rules }: Settings, language: Language): RegionRule[] {
  return [...rules].sort((one, other) =>
    ruleName(one, language).localeCompare(ruleName(other, language)),
  );
}

const others = (rules: readonly RegionRule[], rule: Placed) =>
  rules.filter((each) => keyOf(each) !== keyOf(rule));
