/** A branch and its people, as rules and words. */

import type { Language } from "@shared/i18n";
import { dayOf } from "@shared/thread";
import { timeOfDay } from "@shared/time";
import type { Colleague, Given, TeamBranch, TeamMember } from "@shared/wire";
import type { TeamText } from "./i18n";

const DAY_MS = 86_400_000;

export type Being = "online" | "away" | "busy" | "disconnected" | "full" | "invited";

/** `invited`: has never come in, as far as is known. */
export type Person = TeamMember & { invited?: boolean };

/** How somebody is to be thought of: their choice counts only at a live panel, and once they have made one. */
export function being({ presence, connected, open, capacity, invited }: Person): Being {
  if (invited && !connected) return "invited";
  if (presence !== "online") return presence;
  if (!connected) return "disconnected";
  return open < capacity ? "online" : "full";
}

/** How many could be given it now; who has it gives it away. */
export function freeOf({ open, members }: TeamBranch, holder: string | null): number {
  if (!open) return 0;
  return members.filter((member) => member.id !== holder && being(member) === "online").length;
}

const RANK: Record<Being, number> = {
  online: 0,
  full: 1,
  busy: 2,
  away: 3,
  disconnected: 4,
  invited: 5,
};

/** Who can take something first, then the others; within each the least busy first. */
export function inReach(
  members: readonly TeamMember[],
  colleagues: readonly Pick<Colleague, "id" | "invited">[] = [],
): Person[] {
  const invited = new Set(colleagues.filter((each) => each.invited).map(({ id }) => id));
  const people = members.map((each) => ({ ...each, invited: invited.has(each.id) }));
  return people.sort(
    (a, b) => RANK[being(a)] - RANK[being(b)] || a.open - b.open || a.name.localeCompare(b.name),
  );
}

/** `09:00` today, `tomorrow 09:00`, `Mon, 09:00`, later with the date; by the reader's clock. */
export function momentWords(t: TeamText, language: Language, at: string, now: number): string {
  const moment = Date.parse(at);
  const time = timeOfDay(moment, language);
  if (dayOf(moment) === dayOf(now)) return time;
  if (dayOf(moment) === dayOf(now + DAY_MS)) return t("tomorrow", { time });
  const soon = moment - now < 6 * DAY_MS;
  const day = new Intl.DateTimeFormat(
    language,
    soon ? { weekday: "short" } : { day: "numeric", month: "long" },
  );
  return `${day.format(moment)}, ${time}`;
}

/** Whether a branch is open, and until when. */
export function hoursWords(
  t: TeamText,
  language: Language,
  { open, changes_at }: TeamBranch,
  now: number,
): string {
  if (!changes_at) return t(open ? "open" : "closed");
  const when = momentWords(t, language, changes_at, now);
  return t(open ? "openUntil" : "closedUntil", { when });
}

export const CAUSES = ["routed", "claimed", "escalated", "transferred", "taken_over"] as const;

export interface Share {
  id: string;
  name: string;
  total: number;
  byCause: Record<(typeof CAUSES)[number], number>;
}

/** How many everybody was given, by cause: the most first. Members who were given nothing count too. */
export function shares(given: readonly Given[], members: readonly TeamMember[]): Share[] {
  const byId = new Map<string, Share>();
  const shareOf = ({ id, name }: { id: string; name: string }) => {
    const known = byId.get(id) ?? {
      id,
      name,
      total: 0,
      byCause: { routed: 0, claimed: 0, escalated: 0, transferred: 0, taken_over: 0 },
    };
    byId.set(id, known);
    return known;
  };
  for (const member of members) shareOf(member);
  for (const { assignment } of given) {
    const share = shareOf(assignment.operator);
    share.total += 1;
    share.byCause[assignment.cause] += 1;
  }
  return [...byId.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name));
}

/** The branches and people that a search leaves: a branch that is found keeps all its people. */
export function found(branches: readonly TeamBranch[], search: string): TeamBranch[] {
  const words = search.trim().toLocaleLowerCase();
  if (!words) return [...branches];
  const hit = (name: string) => name.toLocaleLowerCase().includes(words);
  return branches.flatMap((branch) => {
    if (hit(branch.name)) return branch;
    const members = branch.members.filter(({ name }) => hit(name));
    return members.length ? { ...branch, members } : [];
  });
}
