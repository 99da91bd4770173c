"""What the table forgets by itself, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.limits import What
from chalicelib.domain.session import Session
from chalicelib.store import connections, keys, limits, messages, sessions
from chalicelib.store.connections import TicketItem
from chalicelib.store.limits import AnsweredItem, CountItem
from chalicelib.store.sessions import SessionItem
from chalicelib.store.table import Item, read, transaction
from tests.support.company import ANNA
from tests.support.emulators import definition
from tests.support.people import NOW, asks, later, panel_of

pytestmark = pytest.mark.usefixtures("table")

FAMILY = Session(family="f1", subject_id="anna", epoch=0, generation=1, rotated_at=NOW)


def expiry(pk: str, sk: str, model: type[Item] = Item) -> datetime | None:
    item = read(model, pk, sk)
    assert item is not None
    expires: datetime | None = item.expires
    return expires


def test_the_table_expires_items_by_the_attribute_that_the_code_writes() -> None:
    setting = definition()["TimeToLiveSpecification"]

    assert setting == {"AttributeName": Item.expires.attr_name, "Enabled": True}


def test_a_message_is_kept_for_good() -> None:
    with transaction() as writes:
        messages.add(writes, asks().numbered("talk", 1))

    assert expiry(keys.conversation("talk"), keys.message(1)) is None


def test_a_counter_expires_an_hour_after_its_window_and_counts_on_until_then() -> None:
    counted = [limits.count("name", What.ARRIVAL, later(minutes=10)).arrivals for _ in range(3)]
    started = limits.count("name", What.CONVERSATION, later(minutes=10))

    assert counted == [1, 2, 3]
    assert (started.arrivals, started.conversations, started.guesses) == (3, 1, 0)
    assert expiry(keys.limit("name"), keys.LIMIT, CountItem) == later(minutes=70)


def test_an_answer_to_a_challenge_is_its_messages_and_expires_an_hour_after_it() -> None:
    life = timedelta(minutes=5)

    assert limits.answer("c1", "client-1", NOW, life)
    assert limits.answer("c1", "client-1", NOW, life)
    assert not limits.answer("c1", "client-2", NOW, life)
    assert expiry(keys.captcha("c1"), keys.CAPTCHA, AnsweredItem) == later(minutes=65)


def test_a_refresh_family_expires_30_days_after_its_last_use() -> None:
    sessions.add(FAMILY)
    begun = expiry(keys.session("f1"), keys.SESSION, SessionItem)
    sessions.rotate(FAMILY, later(days=20))

    assert begun == later(days=30)
    assert expiry(keys.session("f1"), keys.SESSION, SessionItem) == later(days=50)


@pytest.mark.parametrize(
    ("place", "life"),
    [
        (lambda: (keys.ticket("t"), keys.TICKET), timedelta(minutes=5)),
        (lambda: (keys.connection("panel"), keys.CONNECTION), connections.LIFE),
        (lambda: (keys.audience("B#ekb"), "panel"), connections.LIFE),
    ],
    ids=["spent ticket", "socket", "its copy in an audience"],
)
def test_what_a_lost_disconnect_leaves_expires(
    place: Callable[[], tuple[str, str]], life: timedelta
) -> None:
    connections.open_with(panel_of(ANNA, "panel"), "t")

    assert expiry(*place(), TicketItem) == NOW + life
