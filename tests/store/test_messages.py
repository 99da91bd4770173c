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


def test_a_client_id_counts_once_for_its_author() -> None:
    add(asks(client_id="client-1").numbered("talk", 1))

    with pytest.raises(Cancelled):
        add(asks(client_id="client-1").numbered("talk", 2))
    add(answers(client_id="client-1").numbered("talk", 2))
    add(asks(client_id="client-1").numbered("other talk", 1))

    assert [each.seq for each in messages.newest("talk")] == [1, 2]
