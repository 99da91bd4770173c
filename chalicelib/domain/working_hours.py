"""Working hours: when a branch or an inbox is open, and when that changes (road map, item 15).

Times are what the clock on the wall shows, so an hour that a clock change skips or repeats is
skipped or repeated here as well. A date's intervals begin on it and may run past midnight. An
exceptional date says all of that date: its weekday's intervals do not hold, and what runs on from
the evening before ends at midnight.

A conversation is looked after when its branch **and** its inbox are open; who has no hours is
always open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from chalicelib.errors import Invalid

MIDNIGHT = 24 * 60
"""In minutes of a day."""

ALWAYS_CLOSED = datetime.min.replace(tzinfo=UTC)
"""When a closed period began that has no beginning."""

_OF_THE_MACHINE = {"localtime", "posixrules", "Factory"}
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_FOREVER = 16
"""Days: a week and the next one, for an hour that a clock change takes out of the first."""


class Interval(Struct, frozen=True, kw_only=True, order=True):
    """Minutes of the day, from `start` (0 to 1439) until before `end`; an `end` before `start` is
    on the next day.
    """

    start: int
    end: int

    @property
    def past_midnight(self) -> bool:
        return self.end < self.start

    @property
    def until(self) -> int:
        """The end in minutes since the midnight before `start`."""
        return self.end + MIDNIGHT if self.past_midnight else self.end


Intervals = tuple[Interval, ...]


class SpecialDate(Struct, frozen=True, kw_only=True):
    """A date that differs from its weekday; without intervals it is closed."""

    date: date
    intervals: Intervals


class Hours(Struct, frozen=True, kw_only=True):
    """`week` has the seven days, Monday first; `exceptions` are in order of their dates."""

    time_zone: str
    week: tuple[Intervals, ...]
    exceptions: tuple[SpecialDate, ...] = ()


def is_open(hours: Hours | None, at: datetime) -> bool:
    """Whether it is open at a moment; None has no hours and is always open."""
    if hours is None:
        return True
    wall = at.astimezone(_zone(hours.time_zone))
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    return any(start <= minute < end for start, end in _spans(hours, today))


def both_open(branch: Hours | None, inbox: Hours | None, at: datetime) -> bool:
    """Whether a conversation of this branch and inbox is looked after at a moment."""
    return is_open(branch, at) and is_open(inbox, at)


def changes_at(hours: Hours | None, at: datetime) -> datetime | None:
    """The next moment, in UTC, at which it opens or closes; None when it never does."""
    return both_change_at(hours, None, at)


def both_change_at(branch: Hours | None, inbox: Hours | None, at: datetime) -> datetime | None:
    """The same for a branch and an inbox together."""
    now = both_open(branch, inbox, at)
    for moment in _moments(branch, inbox, at, onwards=True):
        if moment > at and both_open(branch, inbox, moment) != now:
            return moment
    return None


def closed_since(branch: Hours | None, inbox: Hours | None, at: datetime) -> datetime | None:
    """When the closed period began, in UTC; None while open, ALWAYS_CLOSED when it never was."""
    if both_open(branch, inbox, at):
        return None
    began = ALWAYS_CLOSED
    for moment in _moments(branch, inbox, at, onwards=False):
        if moment <= at:
            if both_open(branch, inbox, moment):
                return began
            began = moment
    return ALWAYS_CLOSED


# ---------------------------------------------------------------- what may be set


def clean(hours: Hours, field: str = "hours") -> Hours:
    """The hours with everything in order. Raises Invalid naming what is wrong below `field`, or the
    time zone beside it.
    """
    clean_zone(hours.time_zone, f"{field.removesuffix('hours')}time_zone")
    if len(hours.week) != 7:
        raise Invalid("A week has seven days.", field=f"{field}.week")
    week = tuple(_clean_day(day, f"{field}.week[{index}]") for index, day in enumerate(hours.week))
    for index, day in enumerate(week):
        _refuse_overlap(day, week[(index + 1) % 7], f"{field}.week[{index}]")
    exceptions = sorted(hours.exceptions, key=lambda each: each.date)
    for earlier, later in pairwise(exceptions):
        if earlier.date == later.date:
            raise Invalid(f"{later.date} is there twice.", field=f"{field}.exceptions")
    return Hours(
        time_zone=hours.time_zone,
        week=week,
        exceptions=tuple(
            SpecialDate(
                date=each.date,
                intervals=_clean_day(each.intervals, f"{field}.exceptions[{each.date}]"),
            )
            for each in exceptions
        ),
    )


def clean_zone(name: str, field: str = "time_zone") -> str:
    """An IANA name of a time zone. Raises Invalid."""
    try:
        _zone(name)
    except (OSError, ValueError, KeyError) as error:
        raise Invalid(f"There is no time zone {name}.", field=field) from error
    if name.startswith(("posix/", "right/")) or name in _OF_THE_MACHINE:
        raise Invalid(f"There is no time zone {name}.", field=field)
    return name


def _clean_day(intervals: Intervals, field: str) -> Intervals:
    ordered = tuple(sorted(intervals))
    for each in ordered:
        if each.start == each.end:
            raise Invalid(
                "An interval ends when it begins; the whole day is 00:00 to 24:00.", field=field
            )
        if not (0 <= each.start < MIDNIGHT and 0 <= each.end <= MIDNIGHT):
            raise Invalid("An interval begins and ends within a day.", field=field)
    for earlier, later in pairwise(ordered):
        if later.start < earlier.until:
            raise Invalid("Intervals overlap.", field=field)
    return ordered


def _refuse_overlap(day: Intervals, following: Intervals, field: str) -> None:
    if day and following and day[-1].until - MIDNIGHT > following[0].start:
        raise Invalid("An interval runs into those of the next day.", field=field)


# ---------------------------------------------------------------- as text


def written(hours: Hours) -> dict[str, Any]:
    """The hours as JSON can hold and people can read them, without their zone: times as `09:00`,
    dates as `2026-12-31`.
    """
    return {
        "week": [_pairs(day) for day in hours.week],
        "exceptions": [
            [each.date.isoformat(), _pairs(each.intervals)] for each in hours.exceptions
        ],
    }


def read(kept: Mapping[str, Any], time_zone: str) -> Hours:
    """The same again from what was written. Raises Invalid for a date that there is not."""
    return Hours(
        time_zone=time_zone,
        week=tuple(_intervals(day) for day in kept["week"]),
        exceptions=tuple(
            SpecialDate(date=_date(day), intervals=_intervals(pairs))
            for day, pairs in kept["exceptions"]
        ),
    )


def _pairs(intervals: Intervals) -> list[list[str]]:
    return [[_text(each.start), _text(each.end)] for each in intervals]


def _intervals(pairs: Iterable[Sequence[str]]) -> Intervals:
    return tuple(Interval(start=_minutes(start), end=_minutes(end)) for start, end in pairs)


def _text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"There is no date {text}.", field="hours.exceptions") from error


# ---------------------------------------------------------------- the clock on the wall


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # cold start: most messages come where nobody set hours

    return ZoneInfo(name)


def _own(hours: Hours, day: date) -> tuple[Intervals, bool]:
    """What begins on a date, and whether the date is an exceptional one."""
    for each in hours.exceptions:
        if each.date == day:
            return each.intervals, True
    return hours.week[day.weekday()], False


def _spans(hours: Hours, day: date) -> Iterator[tuple[int, int]]:
    """(first, end) of what is open on a date, in minutes of it."""
    intervals, exceptional = _own(hours, day)
    for each in intervals:
        yield each.start, min(each.until, MIDNIGHT)
    if not exceptional:
        for each in _own(hours, day - _DAY)[0]:
            if each.past_midnight:
                yield 0, each.end


def _moments(
    branch: Hours | None, inbox: Hours | None, at: datetime, *, onwards: bool
) -> Iterator[datetime]:
    """Every moment at which something may change, day by day away from `at`; between two of them
    nothing does.
    """
    known = [hours for hours in (branch, inbox) if hours is not None]
    for day in _days(known, at.astimezone(UTC).date(), onwards=onwards):
        begin = datetime.combine(day, time(), UTC)
        found = {
            moment
            for hours in known
            for moment in _of_day(hours, begin)
            if begin <= moment < begin + _DAY
        }
        yield from sorted(found, reverse=not onwards)


def _days(known: Iterable[Hours], today: date, *, onwards: bool) -> list[date]:
    """The days on which the next change can be, in UTC: the coming weeks, and the weeks after each
    exceptional date; backwards the past ones alike.
    """
    anchors = {today} | {each.date for hours in known for each in hours.exceptions}
    around = {
        date.fromordinal(day)
        for anchor in anchors
        for day in range(
            max(anchor.toordinal() - _FOREVER, date.min.toordinal() + 2),
            min(anchor.toordinal() + _FOREVER, date.max.toordinal() - 2) + 1,
        )
    }
    if onwards:
        return sorted(day for day in around if day >= today)
    return sorted((day for day in around if day <= today), reverse=True)


def _of_day(hours: Hours, begin: datetime) -> Iterator[datetime]:
    """The moments of a day in UTC, and some more: midnights, beginnings and ends by the zone's
    clock, and the clock's changes.
    """
    zone = _zone(hours.time_zone)
    for day in (begin.date() - _DAY, begin.date(), begin.date() + _DAY):
        midnight = datetime.combine(day, time(), zone)
        minutes = {0} | {minute for span in _spans(hours, day) for minute in span}
        for minute in minutes:
            wall = midnight + timedelta(minutes=minute)
            yield wall.astimezone(UTC)
            yield wall.replace(fold=1).astimezone(UTC)
    if begin.astimezone(zone).utcoffset() != (begin + _DAY).astimezone(zone).utcoffset():
        yield _clock_change(zone, begin)


def _clock_change(zone: tzinfo, begin: datetime) -> datetime:
    """The first second with another offset in the day that begins then."""
    before = begin.astimezone(zone).utcoffset()
    low, high = begin, begin + _DAY
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
