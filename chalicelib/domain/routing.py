"""Which branch a conversation belongs to (road map, item 1)."""

from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.branch import Organisation, RegionRule, Scope
from chalicelib.domain.contact import Place
from chalicelib.domain.inbox import Inbox


class Reason(StrEnum):
    INBOX = "inbox"
    CITY = "city"
    SUBDIVISION = "subdivision"
    COUNTRY = "country"
    NO_RULE = "no_rule"
    NO_REGION = "no_region"


class Route(Struct, frozen=True, kw_only=True):
    """The branch, why it, and the place that the rule named."""

    branch_id: str
    reason: Reason
    rule: str | None = None


_REASONS = {
    Scope.CITY: Reason.CITY,
    Scope.SUBDIVISION: Reason.SUBDIVISION,
    Scope.COUNTRY: Reason.COUNTRY,
}


def choose_branch(inbox: Inbox, place: Place, organisation: Organisation) -> Route:
    """The inbox's own branch, else that of the most specific matching rule, else the default
    branch.
    """
    if inbox.branch_id is not None:
        return Route(branch_id=inbox.branch_id, reason=Reason.INBOX)
    matching = [rule for rule in organisation.rules if _matches(rule, place)]
    if matching:
        best = max(matching, key=lambda rule: rule.scope)
        return Route(branch_id=best.branch_id, reason=_REASONS[best.scope], rule=best.place)
    reason = Reason.NO_RULE if place.region else Reason.NO_REGION
    return Route(branch_id=organisation.default_branch_id, reason=reason)


def _matches(rule: RegionRule, place: Place) -> bool:
    found = {
        Scope.CITY: place.city,
        Scope.SUBDIVISION: place.subdivision,
        Scope.COUNTRY: place.country,
    }
    return found[rule.scope] == rule.place
