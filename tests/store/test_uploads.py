"""Files on their way: each goes with one message."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.attachment import Attachment, State, Upload
from chalicelib.domain.message import Message
from chalicelib.store import keys, messages, uploads
from chalicelib.store.commits import Stale, _writing
from chalicelib.store.table import Cancelled, read, transaction
from chalicelib.store.uploads import UploadItem
from tests.support.people import NOW, asks

pytestmark = pytest.mark.usefixtures("table")

FILE = Attachment(id="f1", name="сн.png", type="image/png", size=9)
CHECKED = replace(FILE, size=7, width=4, height=2, thumbnail=True)
UPLOAD = Upload(
    attachment=FILE,
    uploader="visitor:vera",
    contact_id="vera",
    conversation_id=None,
    thumbnail_size=5,
)


def begun(upload: Upload = UPLOAD) -> None:
    uploads.begin(upload, NOW)


def said(client_id: str = "client-1", seq: int = 1) -> Message:
    draft = replace(asks("", client_id=client_id), attachments=(CHECKED,))
    return draft.numbered("talk", seq)


def add(message: Message) -> None:
    with transaction() as writes:
        messages.add(writes, message)


def test_what_is_known_of_one_is_kept() -> None:
    begun()
    assert uploads.get("f1") == UPLOAD

    uploads.check(CHECKED)

    assert uploads.get("f1") == replace(UPLOAD, attachment=CHECKED, state=State.CHECKED)
    assert uploads.get("nowhere") is None


def test_what_is_not_sent_is_forgotten_and_what_is_sent_is_not() -> None:
    begun()
    item = read(UploadItem, keys.upload("f1"), keys.UPLOAD)
    assert item is not None
    assert item.expires == NOW + timedelta(days=1)

    uploads.check(CHECKED)
    add(said())

    item = read(UploadItem, keys.upload("f1"), keys.UPLOAD)
    assert item is not None
    assert item.expires is None


def test_a_message_is_read_with_its_files() -> None:
    begun()
    uploads.check(CHECKED)
    message = said()

    add(message)

    assert messages.get("talk", 1) == message
    sent = uploads.get("f1")
    assert sent is not None
    assert (sent.state, sent.conversation_id, sent.client_id) == (State.SENT, "talk", "client-1")


def test_a_file_goes_with_no_second_message() -> None:
    begun()
    uploads.check(CHECKED)
    add(said())

    with pytest.raises(Cancelled):
        add(said("client-2", 2))

    assert messages.get("talk", 2) is None
    sent = uploads.get("f1")
    assert sent is not None
    assert sent.client_id == "client-1"


def test_what_is_not_checked_goes_with_none() -> None:
    begun()

    for file in (CHECKED, replace(CHECKED, id="nowhere")):
        with pytest.raises(Cancelled):
            add(replace(asks(""), attachments=(file,)).numbered("talk", 1))

    assert messages.get("talk", 1) is None


def test_a_check_that_comes_late_changes_nothing_of_what_was_sent() -> None:
    begun()
    uploads.check(CHECKED)
    add(said())

    uploads.check(replace(CHECKED, size=1))

    sent = uploads.get("f1")
    assert sent is not None
    assert (sent.state, sent.attachment.size) == (State.SENT, 7)


@pytest.mark.usefixtures("exact_table")
def test_the_writer_is_told_that_a_file_is_spent() -> None:
    begun()
    uploads.check(CHECKED)
    add(said())

    with pytest.raises(Stale) as stale, _writing() as writes:
        messages.add(writes, said("client-2", 2))

    assert stale.value.spent
