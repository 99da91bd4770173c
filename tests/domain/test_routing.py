"""Which branch a conversation belongs to."""

from chalicelib.domain.branch import Branch, Organisation, RegionRule, Scope
from chalicelib.domain.contact import Place
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.routing import Reason, Route, choose_branch
from tests.support.people import YEKATERINBURG

COUNTRY = RegionRule(scope=Scope.COUNTRY, place="RU", branch_id="msk")
SUBDIVISION = RegionRule(scope=Scope.SUBDIVISION, place="RU-SVE", branch_id="ekb")
CITY = RegionRule(scope=Scope.CITY, place="1486209", branch_id="iset")
ANYWHERE = Inbox(id="demo", name="Demo")


def company(*rules: RegionRule) -> Organisation:
    branches = tuple(Branch(id=each, name=each) for each in ("ekb", "msk", "iset", "home"))
    return Organisation(branches=branches, rules=rules, default_branch_id="home")


def test_a_city_rule_beats_a_subdivision_rule_beats_a_country_rule() -> None:
    all_three = company(COUNTRY, CITY, SUBDIVISION)
    two = company(COUNTRY, SUBDIVISION)

    routes = [choose_branch(ANYWHERE, YEKATERINBURG, each) for each in (all_three, two)]

    assert routes == [
        Route(branch_id="iset", reason=Reason.CITY, rule="1486209"),
        Route(branch_id="ekb", reason=Reason.SUBDIVISION, rule="RU-SVE"),
    ]


def test_a_country_rule_takes_what_no_finer_rule_claims() -> None:
    tver = Place(country="RU", subdivision="RU-TVE", city="480060")

    route = choose_branch(ANYWHERE, tver, company(COUNTRY, SUBDIVISION, CITY))

    assert route == Route(branch_id="msk", reason=Reason.COUNTRY, rule="RU")


def test_the_order_of_the_rules_does_not_matter() -> None:
    rules = [COUNTRY, SUBDIVISION, CITY]

    found = {
        choose_branch(ANYWHERE, YEKATERINBURG, company(*each)).branch_id
        for each in (rules, rules[::-1])
    }

    assert found == {"iset"}


def test_the_default_branch_takes_a_region_without_a_rule() -> None:
    berlin = Place(country="DE", subdivision="DE-BE", city="2950159")

    route = choose_branch(ANYWHERE, berlin, company(COUNTRY, SUBDIVISION, CITY))

    assert route == Route(branch_id="home", reason=Reason.NO_RULE)


def test_the_default_branch_takes_an_unknown_address() -> None:
    route = choose_branch(ANYWHERE, Place(), company(COUNTRY, SUBDIVISION, CITY))

    assert route == Route(branch_id="home", reason=Reason.NO_REGION)


def test_an_unknown_part_of_a_place_matches_no_rule() -> None:
    country_only = Place(country="RU")

    route = choose_branch(ANYWHERE, country_only, company(SUBDIVISION, CITY))

    assert route == Route(branch_id="home", reason=Reason.NO_RULE)


def test_a_subdivision_code_is_not_mistaken_for_a_city_or_a_country() -> None:
    confusing = RegionRule(scope=Scope.CITY, place="RU-SVE", branch_id="msk")

    route = choose_branch(ANYWHERE, YEKATERINBURG, company(confusing))

    assert route.reason is Reason.NO_RULE


def test_an_inbox_bound_to_a_branch_ignores_the_region() -> None:
    bound = Inbox(id="demo", name="Demo", branch_id="msk")

    route = choose_branch(bound, YEKATERINBURG, company(SUBDIVISION, CITY))

    assert route == Route(branch_id="msk", reason=Reason.INBOX)
