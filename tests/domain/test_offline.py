"""When nobody answers, and since when."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignment import Considered, Standing
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.offline import anybody_there, closed, closed_since, to_be_told
from chalicelib.domain.working_hours import ALWAYS_CLOSED, Hours
from tests.support.people import NOW, later, queued

INBOX = Inbox(id="demo", name="Мастерская")
NEVER = Hours(time_zone="UTC", week=((),) * 7)


def test_switched_on_it_is_closed_since_then() -> None:
    off = replace(INBOX, offline_since=NOW)

    assert (closed(None, INBOX, NOW), closed_since(None, INBOX, NOW)) == (False, None)
    assert (closed(None, off, NOW), closed_since(None, off, later(hours=1))) == (True, NOW)


def test_of_two_reasons_the_first_one_counts() -> None:
    off = replace(INBOX, offline_since=NOW)

    assert closed_since(NEVER, off, later(hours=1)) == ALWAYS_CLOSED


@pytest.mark.parametrize("standing", Standing)
def test_who_is_online_and_has_the_inbox_is_there(standing: Standing) -> None:
    one = Considered(id="anna", name="Анна", open=0, standing=standing)

    assert anybody_there([one]) is (standing in ("eligible", "full"))
    assert not anybody_there([])


def test_who_left_a_request_has_been_told() -> None:
    talk = replace(queued(), told_closed_at=NOW)

    assert to_be_told(queued(), NOW, later(hours=1))
    assert not to_be_told(talk, NOW, later(hours=1))
