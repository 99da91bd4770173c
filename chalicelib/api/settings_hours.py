"""Working hours as clients send them."""

from chalicelib import wire_company
from chalicelib.domain import working_hours
from chalicelib.domain.working_hours import Hours


def hours_of(given: wire_company.Hours | None, time_zone: str) -> Hours | None:
    """Raises Invalid for a date that there is not."""
    if given is None:
        return None
    kept = {
        "week": [_pairs(day) for day in given.week],
        "exceptions": [[each.date, _pairs(each.intervals)] for each in given.exceptions],
    }
    return working_hours.read(kept, time_zone)


def _pairs(intervals: list[wire_company.Interval]) -> list[list[str]]:
    return [[each.start, each.end] for each in intervals]
