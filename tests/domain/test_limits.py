"""How often one address may come, start a conversation, or guess a password."""

from datetime import timedelta

import pytest

from chalicelib.domain import limits
from chalicelib.domain.limits import Counts
from tests.support.people import NOW, later

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("95.167.0.1", "95.167.0.1"),
        ("::ffff:95.167.0.1", "95.167.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("nonsense", "nonsense"),
    ],
)
def test_an_ipv6_network_of_64_bits_is_counted_as_one(address: str, network: str) -> None:
    assert limits.network(address) == network


def test_what_is_stored_tells_neither_who_came_nor_that_they_came_again() -> None:
    names = {
        limits.name(KEY, "95.167.0.1", NOW),
        limits.name(KEY, "95.167.0.1", later(minutes=10)),
        limits.name(KEY, "95.167.0.2", NOW),
        limits.name(b"another key" * 3, "95.167.0.1", NOW),
    }

    assert len(names) == 4
    assert not any("95" in each and "167" in each for each in names)
    assert limits.name(KEY, "95.167.0.1", NOW) in names


def test_a_window_begins_and_ends_for_everybody_at_once() -> None:
    window = timedelta(minutes=10)
    late = later(minutes=9, seconds=59.5)

    assert limits.began(NOW, window) == limits.began(late, window) == NOW
    assert limits.began(later(minutes=10), window) == later(minutes=10)
    assert limits.seconds_left(late, window) == 1
    assert limits.seconds_left(later(minutes=4), window) == 360


@pytest.mark.parametrize(
    ("address", "inbox", "suspicious"),
    [
        (Counts(arrivals=30, conversations=3), Counts(inbox=300), False),
        (Counts(arrivals=31), Counts(), True),
        (Counts(conversations=4), Counts(), True),
        (Counts(returns=500), Counts(), False),
        (Counts(), Counts(inbox=301), True),
    ],
)
def test_who_may_be_a_machine(address: Counts, inbox: Counts, suspicious: bool) -> None:
    assert limits.suspicious(address, inbox) is suspicious
