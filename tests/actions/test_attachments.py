"""A file on its way into a message: wherever it is cut, repeating repairs it; two messages that
want it at once, and one has it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions import attachments, messages
from chalicelib.actions.attachments import Wish
from chalicelib.actions.messages import Said
from chalicelib.domain.message import Draft
from chalicelib.errors import Invalid, Unavailable
from chalicelib.store import contacts
from chalicelib.store import messages as stored
from tests.support.company import first
from tests.support.line import LINE, Call, Crash, File, Go, Plan
from tests.support.people import NOW, asks, contact, visitor
from tests.support.pictures import GPS, photo

VERA = visitor()


def begin(id: str) -> None:
    size = len(photo())
    wish = Wish(id=id, name="a.jpg", type="image/jpeg", size=size, thumbnail_size=size)
    attachments.begin_as_visitor(VERA, wish, "95.167.0.1", NOW)
    for key in (f"/quarantine/vera/{id}", f"/quarantine/vera/{id}.small"):
        LINE.files[key] = File(photo(), {})


def checked(id: str) -> None:
    begin(id)
    attachments.complete_as_visitor(VERA, id)


def send(draft: Draft, *ids: str, talk: str | None = None) -> Said:
    """As the route does it."""
    files = attachments.sent_by_visitor(VERA, list(ids), draft.client_id)
    told = Draft(
        client_id=draft.client_id,
        author=draft.author,
        direction=draft.direction,
        body="",
        at=draft.at,
        attachments=files,
    )
    return messages.receive(VERA, told, talk, 0, first)


def cut(at: int, *, after: bool) -> Plan:
    """The process is gone at the n-th call, or right after it."""
    seen = 0

    def plan(call: Call, go: Go) -> AWSResponse:
        nonlocal seen
        seen += 1
        if seen - 1 != at:
            return go()
        if after:
            go()
        raise LINE.crash()

    return plan


def swept(work: Callable[[], object]) -> list[Plan]:
    with LINE.watched() as calls:
        work()
    assert calls
    return [cut(at, after=after) for at in range(len(calls)) for after in (False, True)]


@pytest.mark.usefixtures("_company")
def test_wherever_a_check_is_cut_it_is_repeated() -> None:
    contacts.add(contact())
    begin("f")
    for number, plan in enumerate(swept(lambda: attachments.complete_as_visitor(VERA, "f"))):
        begin(f"f{number}")
        with LINE.through(plan), pytest.raises((Crash, Unavailable)):
            attachments.complete_as_visitor(VERA, f"f{number}")

        found = attachments.complete_as_visitor(VERA, f"f{number}")

        assert (found.width, found.thumbnail) == (320, True)
        assert GPS not in LINE.files[f"/quarantine/vera/f{number}.checked"].content


@pytest.mark.usefixtures("_company")
def test_wherever_a_message_with_a_file_is_cut_the_repeat_stores_it_once_with_the_file() -> None:
    contacts.add(contact())
    checked("f")
    talk = send(asks(), "f").message.conversation_id
    checked("g")
    plans = swept(lambda: send(asks(), "g", talk=talk))
    for number, plan in enumerate(plans):
        checked(f"f{number}")
        draft = asks()
        with LINE.through(plan), suppress(Crash, Unavailable):
            send(draft, f"f{number}", talk=talk)

        said = send(draft, f"f{number}", talk=talk)

        assert [each.id for each in said.message.draft.attachments] == [f"f{number}"]
        for key in (f"/files/vera/f{number}", f"/files/vera/f{number}.small"):
            assert GPS not in LINE.files[key].content
    assert stored.get(talk, len(plans) + 2) is not None
    assert stored.get(talk, len(plans) + 3) is None


@pytest.mark.usefixtures("exact_company")
def test_of_two_messages_that_want_a_file_at_once_one_has_it() -> None:
    contacts.add(contact())
    checked("f")
    talk = send(asks(), "f").message.conversation_id
    checked("g")

    def want(_: int) -> bool:
        try:
            send(asks(), "g", talk=talk)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        had = list(threads.map(want, range(4)))

    assert had.count(True) == 1
    assert [each.draft.attachments[0].id for each in stored.newest(talk)] == ["f", "g"]
