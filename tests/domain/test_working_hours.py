"""When a branch and an inbox are open: against a model that looks at the clock minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.domain import working_hours
from chalicelib.domain.working_hours import (
    ALWAYS_CLOSED,
    Hours,
    Interval,
    SpecialDate,
    both_change_at,
    both_open,
    changes_at,
    clean,
    clean_zone,
    closed_since,
    is_open,
)
from chalicelib.errors import Invalid

CLOCK_CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    # Half an hour; at midnight; a zone without any, half an hour off; a whole day left out.
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
    "Asia/Kolkata": (date(2026, 7, 1),),
    "Asia/Yekaterinburg": (date(2026, 1, 1),),
    "Pacific/Apia": (date(2011, 12, 30),),
}


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def spans(*texts: str) -> tuple[Interval, ...]:
    """`09:00-18:00` and the like."""
    pairs = [text.split("-") for text in texts]
    return tuple(Interval(start=minutes(start), end=minutes(end)) for start, end in pairs)


def weekly(
    *texts: str,
    days: range | tuple[int, ...] = range(7),
    zone: str = "Europe/Berlin",
    exceptions: tuple[SpecialDate, ...] = (),
) -> Hours:
    week = tuple(spans(*texts) if day in days else () for day in range(7))
    return Hours(time_zone=zone, week=week, exceptions=exceptions)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------- the model


@cache
def line(zone: str, which: int) -> list[tuple[datetime, date, int]]:
    """Each minute of six days about a clock change: in UTC, and as the clock on the wall shows."""
    about = datetime.combine(CLOCK_CHANGES[zone][which], time(), UTC)
    minutes = [about + timedelta(days=-3, minutes=each) for each in range(6 * 1440)]
    walls = [each.astimezone(ZoneInfo(zone)) for each in minutes]
    return [
        (moment, wall.date(), wall.hour * 60 + wall.minute)
        for moment, wall in zip(minutes, walls, strict=True)
    ]


def painted(hours: Hours, day: date) -> list[bool]:
    """The minutes of a date, painted one interval after another: those of an ordinary evening
    before run on into an ordinary date.
    """
    special = {each.date: each.intervals for each in hours.exceptions}
    evening = day - timedelta(days=1)
    shown = [False] * 1440
    if day not in special:
        for each in special.get(evening, hours.week[evening.weekday()]):
            if each.end < each.start:
                shown[: each.end] = [True] * each.end
    for each in special.get(day, hours.week[day.weekday()]):
        end = each.end if each.start < each.end else 1440
        shown[each.start : end] = [True] * (end - each.start)
    return shown


def states(hours: Hours, zone: str, which: int) -> list[bool]:
    """Whether it is open, minute by minute of the line of `zone`."""
    days: dict[date, list[bool]] = {}
    found = []
    for moment, day, minute in line(zone, which):
        if zone != hours.time_zone:
            wall = moment.astimezone(ZoneInfo(hours.time_zone))
            day, minute = wall.date(), wall.hour * 60 + wall.minute
        if day not in days:
            days[day] = painted(hours, day)
        found.append(days[day][minute])
    return found


SPRING_OR_AUTUMN = st.sampled_from((0, -1))


@st.composite
def schedules(draw: st.DrawFn) -> Hours:
    """Valid hours that differ from day to day, with exceptional dates about a clock change."""
    zone = draw(st.sampled_from(sorted(CLOCK_CHANGES)))
    about = draw(st.sampled_from(CLOCK_CHANGES[zone]))
    days = st.lists(st.integers(0, 1440), max_size=5, unique=True)
    week = tuple(_intervals(sorted(draw(days)), draw(st.booleans())) for _ in range(7))
    dates = draw(st.lists(st.integers(-3, 3), max_size=3, unique=True))
    exceptions = tuple(
        SpecialDate(
            date=about + timedelta(days=each),
            intervals=_intervals(sorted(draw(days)), draw(st.booleans())),
        )
        for each in dates
    )
    hours = Hours(time_zone=zone, week=week, exceptions=exceptions)
    try:
        return clean(hours)
    except Invalid:
        assume(False)
        raise


def _intervals(times: list[int], overnight: bool) -> tuple[Interval, ...]:
    pairs = list(zip(times[::2], times[1::2], strict=False))
    if overnight and pairs:
        pairs[-1] = (pairs[-1][0], times[0] - 1 if times[0] > 0 else pairs[-1][1])
    return tuple(Interval(start=start % 1440, end=end) for start, end in pairs)


def together(branch: Hours, inbox: Hours, which: int) -> tuple[list[datetime], list[bool]]:
    """The minutes about the branch's clock change, and whether both are open."""
    zone = branch.time_zone
    pairs = zip(states(branch, zone, which), states(inbox, zone, which), strict=True)
    return [moment for moment, _, _ in line(zone, which)], [one and two for one, two in pairs]


@given(schedules(), SPRING_OR_AUTUMN)
def test_it_is_open_when_the_clock_on_the_wall_says_so(hours: Hours, which: int) -> None:
    shown = states(hours, hours.time_zone, which)

    for index in range(0, len(shown), 29):
        moment, _, _ = line(hours.time_zone, which)[index]
        assert is_open(hours, moment) == shown[index]


@given(schedules(), schedules(), SPRING_OR_AUTUMN)
def test_changes_are_where_the_model_finds_them(branch: Hours, inbox: Hours, which: int) -> None:
    minutes, both = together(branch, inbox, which)
    changes = [at for was, now, at in zip(both, both[1:], minutes[1:], strict=False) if was != now]

    for moment in minutes[::997]:
        found = both_change_at(branch, inbox, moment)
        later = [each for each in changes if each > moment]
        if later:
            assert found == later[0]
        else:
            assert found is None or found > minutes[-1]


@given(schedules(), schedules(), SPRING_OR_AUTUMN)
def test_a_closed_period_began_where_the_model_finds_it(
    branch: Hours, inbox: Hours, which: int
) -> None:
    minutes, both = together(branch, inbox, which)

    for index in range(0, len(both), 997):
        found = closed_since(branch, inbox, minutes[index])
        before = [each for each in range(index) if both[each]]
        if both[index]:
            assert found is None
        elif before:
            assert found == minutes[before[-1] + 1]
        else:
            assert found is not None
            assert found <= minutes[0]


@given(schedules(), st.integers(0, 6 * 1440 - 1))
def test_one_alone_is_as_with_another_that_is_always_open(hours: Hours, minute: int) -> None:
    at, _, _ = line(hours.time_zone, 0)[minute]

    change = changes_at(hours, at)

    assert change == both_change_at(hours, None, at) == both_change_at(None, hours, at)
    assert is_open(hours, at) == both_open(hours, None, at) == both_open(None, hours, at)


# ---------------------------------------------------------------- examples


def test_without_hours_it_is_always_open() -> None:
    now = utc("2026-11-22 03:00")

    assert is_open(None, now)
    assert both_open(None, None, now)
    assert changes_at(None, now) is None
    assert closed_since(None, None, now) is None


def test_it_opens_with_the_minute_and_closes_with_the_minute() -> None:
    hours = weekly("09:00-18:00", zone="Asia/Yekaterinburg")

    assert [is_open(hours, utc(f"2026-11-23 {each}")) for each in ("03:59:59", "04:00")] == [
        False,
        True,
    ]
    assert [is_open(hours, utc(f"2026-11-23 {each}")) for each in ("12:59:59", "13:00")] == [
        True,
        False,
    ]


def test_a_lunch_break_closes() -> None:
    hours = weekly("09:00-13:00", "14:00-18:00", zone="UTC")

    assert changes_at(hours, utc("2026-11-23 12:00")) == utc("2026-11-23 13:00")
    assert not is_open(hours, utc("2026-11-23 13:30"))
    assert changes_at(hours, utc("2026-11-23 13:30")) == utc("2026-11-23 14:00")


def test_intervals_that_touch_are_one() -> None:
    hours = clean(weekly("09:00-13:00", "13:00-18:00", zone="UTC"))

    assert changes_at(hours, utc("2026-11-23 10:00")) == utc("2026-11-23 18:00")


def test_an_evening_runs_past_midnight_into_the_next_day() -> None:
    friday = weekly("20:00-02:00", days=(4,), zone="UTC")

    assert is_open(friday, utc("2026-11-28 01:59"))
    assert not is_open(friday, utc("2026-11-28 02:00"))
    assert changes_at(friday, utc("2026-11-27 21:00")) == utc("2026-11-28 02:00")
    assert not is_open(friday, utc("2026-11-27 01:00"))


def test_a_sunday_evening_runs_into_monday() -> None:
    sunday = weekly("22:00-06:00", days=(6,), zone="UTC")

    assert is_open(sunday, utc("2026-11-23 05:59"))


def test_after_the_weekend_it_opens_on_monday() -> None:
    hours = weekly("09:00-18:00", days=range(5))

    assert changes_at(hours, utc("2026-11-20 18:00")) == utc("2026-11-23 08:00")
    assert closed_since(hours, None, utc("2026-11-22 12:00")) == utc("2026-11-20 17:00")


def test_an_exceptional_date_replaces_its_weekday() -> None:
    short = SpecialDate(date=date(2026, 11, 23), intervals=spans("10:00-12:00"))
    hours = weekly("09:00-18:00", zone="UTC", exceptions=(short,))

    assert not is_open(hours, utc("2026-11-23 09:30"))
    assert changes_at(hours, utc("2026-11-23 11:00")) == utc("2026-11-23 12:00")
    assert is_open(hours, utc("2026-11-24 09:30"))


def test_what_runs_on_from_the_evening_before_ends_at_midnight_of_an_exceptional_date() -> None:
    closed = SpecialDate(date=date(2026, 11, 24), intervals=())
    hours = weekly("20:00-02:00", zone="UTC", exceptions=(closed,))

    assert changes_at(hours, utc("2026-11-23 21:00")) == utc("2026-11-24 00:00")
    assert not is_open(hours, utc("2026-11-24 21:00"))
    assert not is_open(hours, utc("2026-11-25 01:00"))


def test_an_exceptional_evening_runs_past_midnight_too() -> None:
    party = SpecialDate(date=date(2026, 12, 31), intervals=spans("22:00-03:00"))
    hours = weekly("09:00-18:00", zone="UTC", exceptions=(party,))

    assert is_open(hours, utc("2027-01-01 02:59"))


def test_weeks_of_holidays_are_looked_over() -> None:
    holidays = tuple(
        SpecialDate(date=date(2026, 12, 1) + timedelta(days=each), intervals=())
        for each in range(90)
    )
    hours = weekly("09:00-18:00", zone="UTC", exceptions=holidays)

    assert changes_at(hours, utc("2026-11-30 18:00")) == utc("2027-03-01 09:00")
    assert closed_since(hours, None, utc("2027-02-28 12:00")) == utc("2026-11-30 18:00")


def test_a_holiday_years_ahead_is_the_next_change_of_what_never_closes() -> None:
    holiday = SpecialDate(date=date(2031, 1, 1), intervals=())
    hours = weekly("00:00-24:00", zone="UTC", exceptions=(holiday,))

    assert changes_at(hours, utc("2026-11-23 10:00")) == utc("2031-01-01 00:00")
    assert changes_at(hours, utc("2031-01-01 10:00")) == utc("2031-01-02 00:00")


def test_an_hour_that_the_clock_leaves_out_is_made_up_for_a_week_later() -> None:
    night = weekly("02:00-03:00", days=(6,))

    assert changes_at(night, utc("2026-03-23 00:00")) == utc("2026-04-05 00:00")


def test_an_hour_that_the_clock_repeats_is_open_twice() -> None:
    night = weekly("02:15-02:45", days=(6,))
    at, found = utc("2026-10-24 12:00"), []

    while len(found) < 4 and (change := changes_at(night, at)) is not None:
        found.append(change)
        at = change

    assert found == [utc(f"2026-10-25 {each}") for each in ("00:15", "00:45", "01:15", "01:45")]


def test_who_never_opens_was_always_closed() -> None:
    never, now = weekly(zone="UTC"), utc("2026-11-23 10:00")

    assert changes_at(never, now) is None
    assert closed_since(never, None, now) == ALWAYS_CLOSED


def test_branch_and_inbox_in_different_zones_are_open_while_both_are() -> None:
    branch = weekly("09:00-18:00", zone="Asia/Yekaterinburg")
    inbox = weekly("09:00-18:00", zone="Europe/Moscow")

    assert not both_open(branch, inbox, utc("2026-11-23 05:00"))
    assert both_change_at(branch, inbox, utc("2026-11-23 05:00")) == utc("2026-11-23 06:00")
    assert both_change_at(branch, inbox, utc("2026-11-23 07:00")) == utc("2026-11-23 13:00")
    assert closed_since(branch, inbox, utc("2026-11-23 20:00")) == utc("2026-11-23 13:00")


@pytest.mark.parametrize("shift", [timedelta(), timedelta(seconds=59, microseconds=999_999)])
def test_changes_fall_on_whole_minutes_whenever_one_asks(shift: timedelta) -> None:
    hours = weekly("09:00-18:00", zone="UTC")

    assert changes_at(hours, utc("2026-11-23 08:59") + shift) == utc("2026-11-23 09:00")
    assert changes_at(hours, utc("2026-11-23 09:00")) == utc("2026-11-23 18:00")


# ---------------------------------------------------------------- what may be set


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (("09:00-09:00",), "hours.week[0]"),
        (("09:00-12:00", "11:59-13:00"), "hours.week[0]"),
        (("09:00-12:00", "10:00-11:00"), "hours.week[0]"),
        (("20:00-04:00", "22:00-23:00"), "hours.week[0]"),
        (("20:00-04:00", "03:00-05:00"), "hours.week[0]"),
        (("24:00-03:00",), "hours.week[0]"),
    ],
)
def test_empty_and_overlapping_intervals_are_refused(texts: tuple[str, ...], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean(weekly(*texts))

    assert refused.value.field == field


def test_an_evening_must_not_run_into_the_next_morning() -> None:
    sunday = spans("22:00-06:00")
    monday = spans("05:00-12:00")
    hours = Hours(time_zone="UTC", week=(monday, (), (), (), (), (), sunday))

    with pytest.raises(Invalid) as refused:
        clean(hours)

    assert refused.value.field == "hours.week[6]"


def test_an_evening_may_run_until_the_next_morning() -> None:
    hours = Hours(
        time_zone="UTC", week=(spans("06:00-12:00"), (), (), (), (), (), spans("22:00-06:00"))
    )

    assert clean(hours) == hours


def test_intervals_and_dates_are_put_in_order() -> None:
    dates = tuple(SpecialDate(date=date(2026, 12, each), intervals=()) for each in (31, 1))

    cleaned = clean(weekly("14:00-18:00", "09:00-13:00", exceptions=dates))

    assert cleaned.week[0] == spans("09:00-13:00", "14:00-18:00")
    assert [each.date.day for each in cleaned.exceptions] == [1, 31]


def test_a_date_twice_is_refused() -> None:
    dates = tuple(SpecialDate(date=date(2026, 12, 31), intervals=()) for _ in range(2))

    with pytest.raises(Invalid, match="2026-12-31 is there twice"):
        clean(weekly(exceptions=dates))


def test_intervals_of_an_exceptional_date_are_looked_at_as_well() -> None:
    date_ = SpecialDate(date=date(2026, 12, 31), intervals=spans("10:00-12:00", "11:00-13:00"))

    with pytest.raises(Invalid) as refused:
        clean(weekly(exceptions=(date_,)))

    assert refused.value.field == "hours.exceptions[2026-12-31]"


def test_a_week_has_seven_days() -> None:
    with pytest.raises(Invalid, match="seven"):
        clean(Hours(time_zone="UTC", week=((),) * 6))


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Olympus", "Europe", "", ".", "..", "/etc/localtime", "../UTC", "Europe/Moscow/..",
        "right/UTC", "posix/UTC", "nul\0", "x" * 300, "+05:00", "\udcff", "Москва", "localtime",
        "posixrules", "Factory", "tzdata.zi", "zone.tab",
    ],
)  # fmt: skip
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_zone(name)

    assert refused.value.field == "time_zone"


@pytest.mark.parametrize("name", [*CLOCK_CHANGES, "UTC", "Europe/Moscow", "Asia/Kathmandu"])
def test_time_zones_of_the_database_are_taken(name: str) -> None:
    assert clean_zone(name) == name


def test_hours_in_an_unknown_zone_are_refused() -> None:
    with pytest.raises(Invalid, match="Mars/Olympus"):
        clean(weekly("09:00-18:00", zone="Mars/Olympus"))


def test_what_is_kept_is_what_is_read() -> None:
    party = SpecialDate(date=date(2026, 12, 31), intervals=spans("22:00-03:00"))
    hours = weekly("09:00-13:00", "14:00-24:00", zone="UTC", exceptions=(party,))

    written = working_hours.written(hours)

    assert written["week"][0] == [["09:00", "13:00"], ["14:00", "24:00"]]
    assert written["exceptions"] == [["2026-12-31", [["22:00", "03:00"]]]]
    assert working_hours.read(written, "UTC") == hours
