"""Messages, apart from the conversations that they are part of."""

import pytest

from chalicelib.domain.message import Message
from chalicelib.store import messages
from chalicelib.store.table import Cancelled, transaction
from tests.support.people import answers, asks, first_message

pytestmark = pytest.mark.usefixtures("table")


def add(message: Message) -> None:
    with transaction() as writes:
        messages.add(writes, message)


def test_a_message_is_kept_as_it_was_said() -> None:
    said = [asks("Ё\n<b>&").numbered("talk", 1)]
    said.append(answers("Да").numbered("talk", 2))

    for message in said:
        add(message)

    assert [messages.get("talk", seq) for seq in (1, 2, 3)] == [*said, None]
    assert messages.newest("talk") == said


def test_a_stored_message_is_never_overwritten() -> None:
    """The second guard behind the head's `seq`."""
    first = first_message()
    add(first)

    with pytest.raises(Cancelled):
        add(asks("другое").numbered("talk", 1))

    assert messages.newest("talk") == [first]


class TestSaid:
    """What a repeat is known by."""

    def test_an_author_finds_their_own_client_id_where_they_look(self) -> None:
        drafts = [asks(client_id="client-1"), answers(client_id="client-1"), asks()]
        for seq, draft in enumerate(drafts, 1):
            add(draft.numbered("talk", seq))
        add(asks(client_id="client-9").numbered("other talk", 1))

        vera, anna, _ = drafts
        assert messages.said(vera, "talk", 0, 3) == vera.numbered("talk", 1)
        assert messages.said(anna, "talk", 0, 3) == anna.numbered("talk", 2)
        assert messages.said(anna, "talk", 1, 2) == anna.numbered("talk", 2)
        for after, until in ((2, 3), (0, 1), (2, 2), (3, 2)):
            assert messages.said(anna, "talk", after, until) is None
        assert messages.said(asks(client_id="client-9"), "talk", 0, 3) is None

    def test_it_is_found_behind_a_megabyte_of_others(self) -> None:
        long = "ы" * 4000
        for seq in range(1, 141):
            add(asks(long).numbered("talk", seq))
        mine = asks(client_id="client-1")
        add(mine.numbered("talk", 141))

        assert messages.said(mine, "talk", 0, 141) == mine.numbered("talk", 141)
        assert messages.said(mine, "talk", 0, 140) is None
