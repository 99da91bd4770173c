"""The places that the GeoIP database knows, by name: what a region rule can be about."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import accumulate, islice
from pathlib import Path

from msgspec import Struct, json

from chalicelib.config import config
from chalicelib.domain.branch import KnownPlace, Scope

MOST = 20

Row = tuple[str, str, str, str]
"""Its id, the id of what it lies in, its names in Russian and English (infra/places.py)."""


class _File(Struct):
    """Those that the database has most of stand first."""

    countries: list[Row]
    subdivisions: list[Row]
    cities: list[Row]


class _Known(Struct, frozen=True, kw_only=True):
    """The places of a scope; `text` has a line for each, its id and names as they are compared
    between tabs, and `starts` is where the lines begin: a search through one string takes a tenth
    of the time of one through rows.
    """

    rows: list[Row]
    text: str
    starts: list[int]

    def lines(self, wanted: str) -> Iterator[int]:
        """The lines with this in them, as often as it is there."""
        at = self.text.find(wanted)
        while at >= 0:
            yield bisect_right(self.starts, at) - 1
            at = self.text.find(wanted, at + 1)


def search(text: str, scope: Scope | None) -> list[KnownPlace]:
    """The places whose name in Russian or English, or a word of it, begins with the text, or whose
    code does; at most MOST: names that are the text itself first, larger places first. Nothing
    where the deployment has no database.
    """
    scopes = tuple(Scope) if scope is None else (scope,)
    with suppress(FileNotFoundError):
        found = dict.fromkeys(_ranked(_folded(text.strip()), scopes))
        return [_place(scope, line) for scope, line in islice(found, MOST)]
    return []


def find(scope: Scope, place: str) -> KnownPlace | None:
    """The place with this id, however it is written; None when the database has none."""
    with suppress(FileNotFoundError):
        line = _line(scope, place)
        return None if line is None else _place(scope, line)
    return None


def _ranked(wanted: str, scopes: tuple[Scope, ...]) -> Iterator[tuple[Scope, int]]:
    """(scope, line) of what fits, the best first, at most MOST of each kind."""
    ranks = ((f"\t{wanted}\t",), (f"\t{wanted}",), (f" {wanted}", f"-{wanted}", f"({wanted}"))
    for rank in ranks:
        for scope in scopes:
            for form in rank:
                lines = dict.fromkeys(islice(_places()[scope].lines(form), 3 * MOST))
                yield from ((scope, line) for line in islice(lines, MOST))


def _place(scope: Scope, line: int) -> KnownPlace:
    place, within, name_ru, name_en = _places()[scope].rows[line]
    return KnownPlace(
        scope=scope,
        place=place,
        name_ru=name_ru,
        name_en=name_en,
        within=find(Scope.SUBDIVISION if "-" in within else Scope.COUNTRY, within),
    )


def _line(scope: Scope, place: str) -> int | None:
    return next(_places()[scope].lines(f"\n\t{_folded(place)}\t"), None) if place else None


@cache
def _places() -> dict[Scope, _Known]:
    """Read once per process. Raises FileNotFoundError where the deployment has no database."""
    path = Path(config().geoip_path).with_name("places.json")
    file = json.decode(path.read_bytes(), type=_File)
    return {
        Scope.COUNTRY: _known(file.countries),
        Scope.SUBDIVISION: _known(file.subdivisions),
        Scope.CITY: _known(file.cities),
    }


def _known(rows: list[Row]) -> _Known:
    lines = [_folded(f"\n\t{place}\t{ru}\t{en}\t") for place, _, ru, en in rows]
    starts = [0, *accumulate(len(line) for line in lines)]
    return _Known(rows=rows, text="".join(lines), starts=starts)


def _folded(name: str) -> str:
    """As names are compared: without regard to case, ё as е."""
    return name.casefold().replace("ё", "е")
