/** Working hours as they are edited; what is wrong is told at once, the server has the last word. */

import type { Hours, Interval } from "@shared/wire";

export type Fault = "missing" | "empty" | "overlap" | "nextOverlap" | "dateMissing" | "dateTwice";

/** By where it is: `week.0` a day, `dates.2` an exceptional date. */
export type HoursFaults = ReadonlyMap<string, Fault>;

const DAY = 24 * 60;
const WORKDAY: Interval = { start: "09:00", end: "18:00" };

/** What a schedule begins with: Monday to Friday. */
export const USUAL: Hours = {
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [WORKDAY] : [])),
  exceptions: [],
};

/** Fields for times know no 24:00: midnight is shown as 00:00. */
export function toFields(hours: Hours): Hours {
  return inAll(hours, ({ start, end }) => ({ start, end: end === "24:00" ? "00:00" : end }));
}

export function fromFields(hours: Hours): Hours {
  return inAll(hours, ({ start, end }) => ({ start, end: end === "00:00" ? "24:00" : end }));
}

/** `9`, `930`, `9.30` and `09:30` are times; what is none stays as it is typed. */
export function asTime(typed: string): string {
  const parts = /^\s*(\d{1,2})(?:\s*[:.,\-\s]?\s*(\d{2}))?\s*$/.exec(typed);
  if (!parts) return typed.trim();
  const time = `${(parts[1] ?? "").padStart(2, "0")}:${parts[2] ?? "00"}`;
  return time === "24:00" ? "00:00" : time;
}

/** Whether it ends on the day after; at midnight sharp it does not. */
export function endsNextDay(interval: Interval): boolean {
  return isFilled(interval) && until(interval) > DAY;
}

/** A day that opens is like the day before it, or a usual one. */
export function openedDay(week: readonly Interval[][], day: number): Interval[] {
  const before = week.slice(0, day).findLast((each) => each.length > 0);
  return before ? [...before] : [WORKDAY];
}

/** One more interval where the day has room: later, else earlier, else to be filled in. */
export function withAnother(day: readonly Interval[]): Interval[] {
  const known = inOrder(day.filter(isFilled));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [...day, WORKDAY];
  const end = until(last);
  if (end + 180 <= DAY) return [...day, { start: clock(end + 60), end: clock(end + 180) }];
  const start = minutes(first.start);
  if (start >= 180) return [{ start: clock(start - 180), end: clock(start - 60) }, ...day];
  return [...day, { start: "", end: "" }];
}

/** Monday's hours on Tuesday to Friday. */
export function copiedMonday(week: readonly Interval[][]): Interval[][] {
  const monday = week[0] ?? [];
  return week.map((day, index) => (index < 5 ? [...monday] : day));
}

export function faultsOf(hours: Hours): HoursFaults {
  const found = new Map<string, Fault>();
  hours.week.forEach((day, index) => {
    const fault = dayFault(day) ?? nextDayFault(day, hours.week[(index + 1) % 7] ?? []);
    if (fault) found.set(`week.${index}`, fault);
  });
  hours.exceptions?.forEach(({ date, intervals }, index, all) => {
    const twice = all.findIndex((each) => each.date === date) < index;
    const fault = !date ? "dateMissing" : twice ? "dateTwice" : dayFault(intervals);
    if (fault) found.set(`dates.${index}`, fault);
  });
  return found;
}

function dayFault(day: readonly Interval[]): Fault | null {
  if (!day.every(isFilled)) return "missing";
  if (day.some(({ start, end }) => start === end && start !== "00:00")) return "empty";
  const ordered = inOrder(day);
  const overlap = ordered.some((each, index) => {
    const before = ordered[index - 1];
    return before && minutes(each.start) < until(before);
  });
  return overlap ? "overlap" : null;
}

function nextDayFault(day: readonly Interval[], next: readonly Interval[]): Fault | null {
  const last = inOrder(day).at(-1);
  const first = inOrder(next.filter(isFilled))[0];
  return last && first && until(last) - DAY > minutes(first.start) ? "nextOverlap" : null;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const isFilled = ({ start, end }: Interval) => TIME.test(start) && TIME.test(end);

function inOrder(day: readonly Interval[]): Interval[] {
  return [...day].sort((one, other) => minutes(one.start) - minutes(other.start));
}

/** The end in minutes since the midnight before the start. */
function until({ start, end }: Interval): number {
  const at = minutes(end) || DAY;
  return at < minutes(start) ? at + DAY : at;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

function clock(at: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(at / 60) % 24)}:${two(at % 60)}`;
}

function inAll(hours: Hours, how: (interval: Interval) => Interval): Hours {
  return {
    week: hours.week.map((day) => day.map(how)),
    exceptions: (hours.exceptions ?? []).map(({ date, intervals }) => ({
      date,
      intervals: intervals.map(how),
    })),
  };
}
