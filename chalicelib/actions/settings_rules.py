"""Admins set up region rules, and try where they lead."""

from datetime import datetime
from ipaddress import ip_address

from chalicelib.actions.settings_company import decided, shown, told
from chalicelib.domain import access, company
from chalicelib.domain.branch import KnownPlace, RegionRule, Scope
from chalicelib.domain.contact import Place
from chalicelib.domain.operator import Operator
from chalicelib.domain.routing import Route, choose_branch
from chalicelib.errors import Invalid, NotFound
from chalicelib.gateways import geoip, places
from chalicelib.store import organisation
from chalicelib.store.organisation import Company


def set_rule(
    admin: Operator, scope: Scope, place: str, branch_id: str, now: datetime
) -> RegionRule:
    """The rule of a place, instead of the one there was.

    Raises Forbidden, or Invalid for no such place or branch.
    """
    access.administer(admin)
    found = _known(scope, place)
    wanted = RegionRule(
        scope=scope,
        place=found.place,
        branch_id=branch_id,
        name_ru=found.name_ru,
        name_en=found.name_en,
    )

    def decide(known: Company) -> RegionRule:
        rule = company.checked_rule(wanted, known.organisation)
        was = _rule(known, scope, rule.place)
        if rule == was:
            return rule
        before = company.rule_facts(was) if was else None
        subject = company.rule_subject(rule)
        event = told(admin, now, "region_rule", subject, before, company.rule_facts(rule))
        with organisation.changing(known, event) as writes:
            organisation.set_rule(writes, rule)
        return rule

    return decided(admin, decide)


def delete_rule(admin: Operator, scope: Scope, place: str, now: datetime) -> None:
    """Raises Forbidden or NotFound."""

    def decide(known: Company) -> None:
        rule = _rule(known, scope, place)
        if rule is None:
            raise NotFound
        subject = company.rule_subject(rule)
        event = told(admin, now, "region_rule", subject, company.rule_facts(rule), None)
        with organisation.changing(known, event) as writes:
            organisation.delete_rule(writes, rule)

    decided(admin, decide)


def places_like(admin: Operator, text: str, scope: Scope | None) -> list[KnownPlace]:
    """The places whose names begin with the text, the best matches first. Raises Forbidden."""
    access.administer(admin)
    return places.search(text, scope)


def place_of(admin: Operator, address: str) -> Place:
    """Where an address is, as a visitor's would be found. Raises Forbidden or Invalid."""
    access.administer(admin)
    try:
        return geoip.locate(str(ip_address(address.strip())))
    except ValueError as error:
        raise Invalid("This is not an IP address.", field="address") from error


def place_named(
    admin: Operator, country: str | None, subdivision: str | None, city: str | None
) -> Place:
    """The place with these ids, with what they lie in. Raises Forbidden or Invalid."""
    access.administer(admin)
    wanted = ((Scope.CITY, city), (Scope.SUBDIVISION, subdivision), (Scope.COUNTRY, country))
    named = [_known(scope, place) for scope, place in wanted if place is not None]
    if not named:
        return Place()
    chain = {each.scope: each for each in (named[0], *named[0].around())}
    ids = {scope: each.place for scope, each in chain.items()}
    return Place(
        country=ids.get(Scope.COUNTRY),
        subdivision=ids.get(Scope.SUBDIVISION),
        city=ids.get(Scope.CITY),
        name_ru=", ".join(dict.fromkeys(each.name_ru for each in chain.values())),
        name_en=", ".join(dict.fromkeys(each.name_en for each in chain.values())),
    )


def route(admin: Operator, inbox_id: str, place: Place) -> Route:
    """Where a visitor of the inbox from this place would be sent. Raises Forbidden or NotFound."""
    known = shown(admin)
    inbox = next((each for each in known.inboxes if each.id == inbox_id), None)
    if inbox is None:
        raise NotFound("There is no such inbox.", field="inbox_id")
    return choose_branch(inbox, place, known.organisation)


def _known(scope: Scope, place: str) -> KnownPlace:
    found = places.find(scope, place)
    if found is None:
        raise Invalid(f"There is no {scope.name.lower()} {place}.", field="place")
    return found


def _rule(known: Company, scope: Scope, place: str) -> RegionRule | None:
    rules = known.organisation.rules
    return next((each for each in rules if (each.scope, each.place) == (scope, place)), None)
