"""Which files an inbox takes, what they are called, and with which message one goes."""

from typing import get_args

import pytest
from msgspec.structs import replace

from chalicelib.domain import attachment
from chalicelib.domain.attachment import TYPES, Attachment, Kind, Rules, State, Upload
from chalicelib.domain.message import BareFile, clean_body
from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.wire_attachments import AttachmentType
from tests.support.people import asks

PNG = "image/png"
FILE = Attachment(id="f1", name="a.png", type=PNG, size=3)


def wanted(name: str = "a.png", type: str = PNG, size: int = 3, **rules: object) -> Attachment:
    return attachment.wanted(Rules(**rules), "f1", name, type, size)  # type: ignore[arg-type]  # of a test


def upload(id: str = "f1", **changes: object) -> Upload:
    made = Upload(
        attachment=replace(FILE, id=id),
        uploader="visitor:vera",
        contact_id="vera",
        conversation_id=None,
        thumbnail_size=None,
        state=State.CHECKED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # of a test


def test_the_wire_knows_the_same_types() -> None:
    assert list(get_args(AttachmentType)) == list(TYPES)


def test_nothing_that_a_browser_runs_is_taken() -> None:
    for type in ("image/svg+xml", "text/html", "text/javascript", "application/xhtml+xml"):
        with pytest.raises(Invalid) as refused:
            wanted(type=type)
        assert refused.value.field == "type"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"size": 0}, "size"),
        ({"size": 11, "max_bytes": 10}, "size"),
        ({"kinds": frozenset({Kind.DOCUMENT})}, "type"),
    ],
)
def test_what_the_inbox_does_not_take_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wanted(**given)  # type: ignore[arg-type]  # of a test

    assert refused.value.field == field


def test_where_files_are_off_none_is_taken() -> None:
    with pytest.raises(Forbidden):
        wanted(enabled=False)


@pytest.mark.parametrize(
    ("given", "type", "kept"),
    [
        ("отчёт за май.pdf", "application/pdf", "отчёт за май.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("..\\..\\boot.ini", "text/plain", "boot.ini.txt"),
        ("a\r\nSet-Cookie: b\r\n\r\n.png", PNG, "aSet-Cookie_ b.png"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("photo.PNG", PNG, "photo.png"),
        ("photo", PNG, "photo.png"),
        ("gnp.\u202egpj.exe", PNG, "gnp.gpj.exe.png"),
        ("a\u200b\u0000b.png", PNG, "ab.png"),
        ('a"b<c>|d?*:e.png', PNG, "a_b_c__d___e.png"),
        ("....png", PNG, "png.png"),
        (" . ", PNG, "file.png"),
        ("", PNG, "file.png"),
        ("я" * 300 + ".png", PNG, "я" * 96 + ".png"),
    ],
)
def test_a_name_harms_nobody(given: str, type: str, kept: str) -> None:
    assert attachment.clean_name(given, type) == kept


@pytest.mark.parametrize("type", TYPES)
def test_only_pictures_are_shown_in_a_page(type: str) -> None:
    shown = replace(FILE, type=type).disposition

    assert shown.startswith("inline;") == type.startswith("image/")
    assert shown.startswith("attachment;") != type.startswith("image/")


def test_a_header_holds_any_name() -> None:
    assert replace(FILE, name='сч"ёт.png').disposition == (
        "inline; filename=\"_____.png\"; filename*=UTF-8''%D1%81%D1%87%22%D1%91%D1%82.png"
    ).replace("_____", "__" + "_" + "__")


def test_files_go_in_the_order_in_which_they_were_chosen() -> None:
    found = attachment.of_message([upload("a"), upload("b")], ["b", "a"], "c1")

    assert [each.id for each in found] == ["b", "a"]


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        attachment.of_message([upload("a")], ["a", "b"], "c1")


def test_what_is_not_checked_does_not_go() -> None:
    with pytest.raises(Invalid):
        attachment.of_message([upload(state=State.WAITING)], ["f1"], "c1")


def test_what_went_with_a_message_goes_with_it_again_and_with_no_other() -> None:
    sent = upload(state=State.SENT, client_id="c1")

    assert attachment.of_message([sent], ["f1"], "c1")
    with pytest.raises(Invalid):
        attachment.of_message([sent], ["f1"], "c2")


def test_a_message_has_ten_files_at_most_each_once() -> None:
    assert attachment.checked_ids(["a", "a"]) == ("a",)
    with pytest.raises(Invalid):
        attachment.checked_ids([str(each) for each in range(11)])


def test_a_message_with_files_needs_no_words() -> None:
    assert clean_body(" ", ["f1"]) == ""
    with pytest.raises(Invalid):
        clean_body(" ")


def test_a_list_shows_the_words_else_the_first_file() -> None:
    bare = replace(asks(""), attachments=(FILE,))
    note = replace(FILE, type="text/plain", name="a.txt")

    assert (bare.snippet, bare.bare_file) == ("a.png", BareFile.IMAGE)
    assert replace(bare, attachments=(note, FILE)).bare_file is BareFile.FILE
    assert replace(bare, body="Вот").bare_file is None
    assert replace(bare, body="Вот").snippet == "Вот"


def test_nobody_uploads_where_the_checked_file_lies() -> None:
    one = upload()

    assert one.quarantined == "quarantine/vera/f1"
    assert one.checked != one.quarantined
    assert one.published == "files/vera/f1"
    assert attachment.small(one.quarantined) not in (one.checked, one.quarantined)


@pytest.mark.parametrize("size", [0, 60_001])
def test_a_thumbnail_is_small(size: int) -> None:
    with pytest.raises(Invalid):
        attachment.checked_thumbnail_size(size)
