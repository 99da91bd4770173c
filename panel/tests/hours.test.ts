import { translator } from "@shared/i18n";
import type { Hours } from "@shared/wire";
import { describe, expect, it } from "vitest";
import { momentWords } from "../src/settings/hours/days";
import {
  asTime,
  copiedMonday,
  endsNextDay,
  faultsOf,
  fromFields,
  openedDay,
  toFields,
  USUAL,
  withAnother,
} from "../src/settings/hours/hours";
import { en, ru } from "../src/settings/i18n/text";

/** `09:00-13:00 14:00-18:00` */
const day = (text: string) =>
  text.split(" ").map((each) => {
    const [start = "", end = ""] = each.split("-");
    return { start, end };
  });

/** Monday and Tuesday as given, the rest closed. */
const week = (...days: string[]): Hours => ({
  week: Array.from({ length: 7 }, (_, index) => (days[index] ? day(days[index]) : [])),
  exceptions: [],
});

describe("a time", () => {
  it.each([
    ["9", "09:00"],
    ["09", "09:00"],
    ["930", "09:30"],
    ["1815", "18:15"],
    ["9.30", "09:30"],
    [" 9:05 ", "09:05"],
    ["24:00", "00:00"],
    ["noon", "noon"],
    ["", ""],
  ])("%j is typed for %j", (typed, time) => expect(asTime(typed)).toBe(time));

  it("at midnight is 00:00 in its field and 24:00 on the wire", () => {
    const wire = week("18:00-24:00");
    expect(toFields(wire).week[0]).toEqual(day("18:00-00:00"));
    expect(fromFields(toFields(wire))).toEqual(wire);
  });
});

describe("what is wrong with hours", () => {
  it.each([
    ["a usual week", USUAL, []],
    ["a break at noon", week("09:00-13:00 14:00-18:00"), []],
    ["intervals that touch", week("09:00-13:00 13:00-18:00"), []],
    ["the whole day", week("00:00-00:00", "00:00-00:00"), []],
    ["the whole night before a morning", week("22:00-06:00", "06:00-12:00"), []],
    ["a time that is missing", week("09:00-"), [["week.0", "missing"]]],
    ["a time that is none", week("09:00-25:10"), [["week.0", "missing"]]],
    ["an interval without length", week("09:00-09:00"), [["week.0", "empty"]]],
    [
      "intervals that overlap, in any order",
      week("14:00-18:00 09:00-15:00"),
      [["week.0", "overlap"]],
    ],
    [
      "a night that is not the last of its day",
      week("22:00-02:00 23:00-00:00"),
      [["week.0", "overlap"]],
    ],
    [
      "a night that runs into the morning",
      week("22:00-08:00", "07:00-12:00"),
      [["week.0", "nextOverlap"]],
    ],
  ] as const)("%s", (_, hours, faults) => expect([...faultsOf(hours)]).toEqual(faults));

  it("a Sunday's night runs into Monday", () => {
    const hours = { ...week("01:00-05:00"), exceptions: [] };
    hours.week[6] = day("20:00-02:00");
    expect([...faultsOf(hours)]).toEqual([["week.6", "nextOverlap"]]);
  });

  it("a date is missing, is there twice, or overlaps in itself", () => {
    const hours = {
      ...week(),
      exceptions: [
        { date: "", intervals: [] },
        { date: "2031-01-01", intervals: [] },
        { date: "2031-01-01", intervals: [] },
        { date: "2031-01-02", intervals: day("10:00-12:00 11:00-13:00") },
      ],
    };
    expect([...faultsOf(hours)]).toEqual([
      ["dates.0", "dateMissing"],
      ["dates.2", "dateTwice"],
      ["dates.3", "overlap"],
    ]);
  });
});

describe("editing", () => {
  it("copies Monday to the weekdays and leaves the weekend", () => {
    const copied = copiedMonday(week("10:00-19:00", "", "", "", "", "12:00-14:00").week);
    expect(copied.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => day("10:00-19:00")));
    expect(copied.slice(5)).toEqual([day("12:00-14:00"), []]);
  });

  it("opens a day like the one before it", () => {
    expect(openedDay(week("10:00-19:00").week, 3)).toEqual(day("10:00-19:00"));
    expect(openedDay(week().week, 3)).toEqual(day("09:00-18:00"));
  });

  it.each([
    ["09:00-13:00", "09:00-13:00 14:00-16:00"],
    ["15:00-23:00", "12:00-14:00 15:00-23:00"],
  ])("finds room for another interval beside %s", (before, after) => {
    expect(withAnother(day(before))).toEqual(day(after));
    expect(faultsOf(week(after)).size).toBe(0);
  });

  it("leaves another interval to be filled in where there is no room", () => {
    expect(withAnother(day("00:00-00:00")).at(-1)).toEqual({ start: "", end: "" });
  });

  it("tells what ends on the next day", () => {
    expect(day("22:00-02:00 18:00-00:00 09:00-18:00 09:00-").map(endsNextDay)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("a moment by the clock of a branch", () => {
  const now = Date.parse("2031-05-09T21:00:00Z"); // a Saturday in Yekaterinburg already, 02:00
  const words = (at: string, language: "en" | "ru" = "en") =>
    momentWords(translator(language, en, ru), language, Date.parse(at), "Asia/Yekaterinburg", now);

  it("is today, tomorrow, on a day of this week, or on a date", () => {
    expect(words("2031-05-10T04:00:00Z")).toBe("today at 09:00");
    expect(words("2031-05-11T04:00:00Z")).toBe("tomorrow at 09:00");
    expect(words("2031-05-12T04:00:00Z")).toBe("on Monday at 09:00");
    expect(words("2031-05-13T13:30:00Z", "ru")).toBe("во вторник в 18:30");
    expect(words("2031-05-19T04:00:00Z", "ru")).toBe("19 мая в 09:00");
  });
});
