/** Why an operator got a conversation, in sentences, from what was stored when it happened. */

import type { Assignment, Considered } from "@shared/wire";
import type { Text } from "../i18n/language";

/** `by`: who handed it over, where that is known. */
export function whySentence(t: Text, assignment: Assignment, by?: string): string {
  const { cause, operator, considered } = assignment;
  const name = operator.name;
  if (cause === "claimed") return t("why.claimed", { name });
  if (cause === "taken_over") return t("why.taken_over", { name });
  if (cause === "transferred") {
    return by ? t("why.transferredBy", { by, name }) : t("why.transferred", { name });
  }
  const chosen = choice(t, considered, operator);
  return cause === "escalated" ? `${t("why.escalated")} ${chosen}` : chosen;
}

function choice(
  t: Text,
  considered: readonly Considered[],
  operator: { id: string; name: string },
) {
  const name = operator.name;
  const able = considered.filter(({ standing }) => standing === "eligible");
  const loads = able.map(({ open }) => open).sort((a, b) => a - b);
  const fewest = loads[0] ?? 0;
  const own = able.find(({ id }) => id === operator.id)?.open ?? fewest;
  if (able.length < 2) return t("why.alone");
  const who = t("why.online", { count: able.length, loads: loads.join("/") });
  const ties = loads.filter((open) => open === fewest).length;
  if (own > fewest) return `${who} ${t("why.again", { name })}`;
  return `${who} ${ties > 1 ? t("why.random", { count: ties, name }) : t("why.fewest", { name })}`;
}

/** Who was chosen, then who else could have had it, the least busy first, then the others. */
export function inOrder(assignment: Assignment): Considered[] {
  const rank = ({ id, standing }: Considered) =>
    id === assignment.operator.id ? 0 : standing === "eligible" ? 1 : 2;
  return [...assignment.considered].sort((a, b) => rank(a) - rank(b) || a.open - b.open);
}
