"""Where a visitor's address is, which branch that leads to, and what the operator is told of it."""

from typing import Any

import pytest

from chalicelib.domain.contact import Place
from chalicelib.gateways.geoip import locate
from tests.support.company import ANNA, ELENA, MARIA
from tests.support.geoip import BERLIN, MOSCOW, MOSCOW_V6, NOWHERE, YEKATERINBURG
from tests.support.scene import act, begun, online


def evidence(**arriving: Any) -> dict[str, Any]:
    """What a supervisor reads about a new visitor's conversation."""
    found: dict[str, Any] = act(ELENA, begun(**arriving), "open").body["evidence"]
    return found


def test_a_visitor_from_yekaterinburg_goes_to_its_branch() -> None:
    assert evidence(address=YEKATERINBURG) == {
        "place": {
            "country": "RU",
            "subdivision": "RU-SVE",
            "city": "1486209",
            "names": {
                "ru": "Екатеринбург, Свердловская область, Россия",
                "en": "Yekaterinburg, Sverdlovsk Oblast, Russia",
            },
            "time_zone": "Asia/Yekaterinburg",
        },
        "reason": "subdivision",
        "rule": "RU-SVE",
        "branch_id": "ekb",
        "assignment": None,
    }


@pytest.mark.parametrize("address", [MOSCOW, MOSCOW_V6])
def test_a_visitor_from_moscow_goes_to_its_branch_whichever_protocol_they_use(
    address: str,
) -> None:
    found = evidence(address=address)

    assert (found["branch_id"], found["rule"]) == ("msk", "RU-MOW")
    assert found["place"]["names"]["ru"] == "Москва, Россия"


def test_a_region_without_a_rule_goes_to_the_default_branch() -> None:
    found = evidence(address=BERLIN)

    assert (found["branch_id"], found["reason"], found["rule"]) == ("ekb", "no_rule", None)
    assert found["place"]["names"] == {"ru": "Germany", "en": "Germany"}
    assert (found["place"]["subdivision"], found["place"]["city"]) == (None, None)


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "192.168.1.1", "127.0.0.1", "100.64.0.1", "::1", "fe80::1", "fd00::1", NOWHERE],
)
def test_a_private_or_unknown_address_has_no_region(address: str) -> None:
    assert locate(address) == Place()


@pytest.mark.parametrize(
    "address", ["", "x", "1.2.3", "95.167.0.1:80", "95.167.0.256", "0x5fa70001"]
)
def test_what_is_no_address_has_no_region(address: str) -> None:
    assert locate(address) == Place()


def test_an_unknown_address_goes_to_the_default_branch() -> None:
    found = evidence(address=NOWHERE)

    assert (found["branch_id"], found["reason"]) == ("ekb", "no_region")


def test_an_inbox_bound_to_a_branch_says_so() -> None:
    found = evidence(inbox="moscow", address=YEKATERINBURG)

    assert (found["branch_id"], found["reason"], found["rule"]) == ("msk", "inbox", None)


def test_the_choice_of_the_operator_is_explained() -> None:
    online(ANNA, MARIA)

    found = evidence(address=MOSCOW)["assignment"]

    assert found["operator"] == {"id": "maria", "name": MARIA.name}
    assert found["cause"] == "routed"
    (maria,) = found["considered"]
    assert maria == {"id": "maria", "name": MARIA.name, "open": 0, "standing": "eligible"}


def test_the_region_is_on_the_conversation() -> None:
    regions = [
        act(ELENA, begun(address=address), "open").body["conversation"]["region"]
        for address in (YEKATERINBURG, BERLIN, NOWHERE)
    ]

    assert regions == ["RU-SVE", "DE", None]
