"""Branches, the rules that lead regions to them, and the organisation they belong to."""

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from chalicelib.domain.working_hours import Hours


class Scope(IntEnum):
    """What a region rule speaks of; the larger number is the more specific."""

    COUNTRY = 1
    SUBDIVISION = 2
    CITY = 3


class KnownPlace(Struct, frozen=True, kw_only=True):
    """What a rule can speak of, as the places' database has it; `within` is the subdivision or
    country that it lies in.
    """

    scope: Scope
    place: str
    name_ru: str
    name_en: str
    within: "KnownPlace | None"

    def around(self) -> Iterator["KnownPlace"]:
        """What it lies in, the nearest first."""
        if self.within is not None:
            yield self.within
            yield from self.within.around()


class Branch(Struct, frozen=True, kw_only=True):
    """`neighbours` are the branches that help out, in this order; `hours` None: always open."""

    id: str
    name: str
    time_zone: str = "UTC"
    neighbours: tuple[str, ...] = ()
    hours: Hours | None = None


class RegionRule(Struct, frozen=True, kw_only=True):
    """`place` is a country (`RU`), a subdivision (`RU-SVE`) or a city's GeoNames id, as `scope`
    says; its names are as the places' database had them.
    """

    scope: Scope
    place: str
    branch_id: str
    name_ru: str = ""
    name_en: str = ""


class Organisation(Struct, frozen=True, kw_only=True):
    """What routing needs to know of the company; `default_branch_id` takes what no rule claims
    (item 1). `former` branches are those that were deleted: conversations that ended there keep
    their name.
    """

    branches: tuple[Branch, ...]
    rules: tuple[RegionRule, ...]
    default_branch_id: str
    former: tuple[Branch, ...] = ()

    def branch(self, branch_id: str) -> Branch | None:
        """The branch with this id, unless it was deleted."""
        return next((each for each in self.branches if each.id == branch_id), None)
