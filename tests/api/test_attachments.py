"""Files through the doors: uploaded, checked, sent, fetched; and whatever people tried elsewhere
(trust.md's list of peers' failures) refused.
"""

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.operator import Operator
from chalicelib.store import uploads
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, OLEG
from tests.support.door import Answer, bearer, get, post, request
from tests.support.environment import ATTACHMENTS
from tests.support.line import LINE, File
from tests.support.pictures import GPS, photo, png
from tests.support.scene import Guest, begun, client_id, held_by, listed, reply, resolved_by

PNG = "image/png"
PDF = b"%PDF-1.7\n1 0 obj\n<</OpenAction <</S /JavaScript>>>>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@dataclass
class Sender:
    """Somebody who uploads: a visitor, or an operator for a visitor's conversation."""

    guest: Guest
    operator: Operator | None = None

    @property
    def token(self) -> str:
        return bearer(self.operator) if self.operator else self.guest.token

    def begin(self, **changes: Any) -> Answer:
        wish = {"name": "a.png", "size": len(png()), "type": PNG} | changes
        path = (
            f"/panel/conversations/{self.guest.conversation_id}/attachments"
            if self.operator
            else "/widget/attachment"
        )
        return post(path, wish, self.token)

    def complete(self, id: str) -> Answer:
        return post(f"{self._at(id)}/complete", None, self.token)

    def link(self, id: str) -> Answer:
        return get(self._at(id), self.token)

    def _at(self, id: str) -> str:
        return f"/panel/attachments/{id}" if self.operator else f"/widget/attachment/{id}"

    def uploaded(self, content: bytes = b"", thumbnail: bytes | None = None, **wish: Any) -> str:
        """The id of a file that lies in quarantine, as a browser puts it there."""
        content = content or png()
        given = {"size": len(content)} | wish
        if thumbnail is not None:
            given["thumbnail_size"] = len(thumbnail)
        answer = self.begin(**given)
        assert answer.status == 201, answer
        store(answer.body["upload"], content)
        if thumbnail is not None:
            store(answer.body["thumbnail_upload"], thumbnail)
        id: str = answer.body["attachment_id"]
        return id

    def checked(self, content: bytes = b"", **more: Any) -> str:
        id = self.uploaded(content, **more)
        answer = self.complete(id)
        assert answer.status == 200, answer
        return id

    def send(self, *ids: str, **changes: Any) -> Answer:
        said = {"body": "", "attachments": list(ids)} | changes
        if self.operator:
            return reply(self.operator, self.guest, **said)
        return self.guest.say(**said)


def store(upload: dict[str, Any], content: bytes) -> None:
    """What S3 does with a form, whose rules tests/local proves."""
    LINE.files[f"/{upload['fields']['key']}"] = File(content, {})


def visitor() -> Sender:
    return Sender(begun())


def anna() -> Sender:
    return Sender(held_by(ANNA), ANNA)


def policy(upload: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(b64decode(upload["fields"]["policy"]))
    return told


def key_of(link: str) -> str:
    where = urlsplit(link)
    assert where.netloc.startswith(f"{ATTACHMENTS}.s3.eu-central-1."), link
    return where.path


class TestBeginning:
    @pytest.mark.parametrize("who", [visitor, anna])
    def test_a_form_is_good_for_one_key_type_and_size_for_a_minute(self, who: Any) -> None:
        sender = who()
        answer = sender.begin()

        upload, id = answer.body["upload"], answer.body["attachment_id"]
        told = policy(upload)
        key = f"quarantine/{sender.guest.contact_id}/{id}"
        assert {"key": key} in told["conditions"]
        assert {"Content-Type": PNG} in told["conditions"]
        assert ["content-length-range", len(png()), len(png())] in told["conditions"]
        assert {"bucket": ATTACHMENTS} in told["conditions"]
        until = datetime.fromisoformat(answer.body["expires_at"])
        ends = datetime.fromisoformat(told["expiration"])
        assert abs((until - ends).total_seconds()) < 5
        assert upload["url"] == f"https://{ATTACHMENTS}.s3.eu-central-1.amazonaws.com/"

    def test_a_visitor_without_a_conversation_may_upload(self) -> None:
        newcomer = Sender(Guest.arrive())

        answer = newcomer.send(newcomer.checked())

        assert answer.status == 201
        assert len(answer.body["message"]["attachments"]) == 1

    @pytest.mark.parametrize(
        ("wish", "field"),
        [
            ({"size": 0}, "size"),
            ({"size": 10_000_001}, "size"),
            ({"size": -1}, "size"),
            ({"size": "1"}, "size"),
            ({"name": ""}, "name"),
            ({"name": {"$ne": ""}}, "name"),
            ({"type": "image/svg+xml"}, "type"),
            ({"type": "text/html"}, "type"),
            ({"type": "application/x-msdownload"}, "type"),
            ({"thumbnail_size": 60_001}, "thumbnail"),
            ({"key": "files/x"}, None),
        ],
    )
    def test_what_is_not_taken_is_refused_before_it_is_uploaded(
        self, wish: dict[str, Any], field: str | None
    ) -> None:
        answer = visitor().begin(**wish)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"].get("field") == field

    def test_the_inboxs_rules_hold_for_both_sides(self) -> None:
        rules = {"enabled": True, "max_bytes": 100_000, "kinds": ["document"]}
        set_rules(rules)
        for sender in (visitor(), anna()):
            assert sender.begin().body["error"]["field"] == "type"
            large = sender.begin(type="application/pdf", size=100_001)
            assert large.body["error"]["field"] == "size"
            assert sender.begin(type="application/pdf", size=100_000).status == 201

        set_rules(rules | {"enabled": False})
        for sender in (visitor(), anna()):
            assert sender.begin(type="application/pdf").status == 403

    def test_without_a_token_there_is_none(self) -> None:
        assert post("/widget/attachment", {}).status == 401


def set_rules(rules: dict[str, Any]) -> None:
    change = {"attachments": rules}
    assert request("PATCH", "/settings/inboxes/demo", change, bearer(ADMIN)).status == 200


class TestChecking:
    @pytest.mark.parametrize(
        ("name", "type", "content"),
        [
            ("a.pdf", "application/pdf", PDF),
            ("a.txt", "text/plain", "Привет".encode()),
            ("a.csv", "text/csv", b"a;b\n1;2"),
            ("a.zip", "application/zip", b"PK\x03\x04" + b"\0" * 40),
            (
                "a.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                b"PK\x03\x04\x14\0\x06\0\x08\0" + b"\0" * 40,
            ),
            (
                "a.odt",
                "application/vnd.oasis.opendocument.text",
                b"PK\x03\x04\x14\0\0\x08\0\0" + b"\0" * 16 + b"\x08\0\0\0mimetype"
                b"application/vnd.oasis.opendocument.text",
            ),
            ("a.doc", "application/msword", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
            ("a.xls", "application/vnd.ms-excel", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
            ("a.rtf", "application/rtf", b"{\\rtf1\\ansi"),
            ("a.mp3", "audio/mpeg", b"ID3\x04" + b"\0" * 40),
            ("a.mp3", "audio/mpeg", b"\xff\xfb\x90\x64" + b"\0" * 100),
            ("a.ogg", "audio/ogg", b"OggS\0\x02" + b"\0" * 40),
            ("a.m4a", "audio/mp4", b"\0\0\0\x20ftypM4A " + b"\0" * 40),
            ("a.mp4", "video/mp4", b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2avc1mp41"),
            ("a.mp4", "video/mp4", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"),
            ("a.mov", "video/quicktime", b"\0\0\0\x14ftypqt  " + b"\0" * 40),
            ("a.webm", "video/webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"),
        ],
    )
    def test_what_is_what_it_says_passes(self, name: str, type: str, content: bytes) -> None:
        sender = visitor()
        id = sender.uploaded(content, name=name, type=type)

        answer = sender.complete(id)

        assert answer.status == 200, answer
        found = answer.body["attachment"]
        assert (found["name"], found["size"]) == (name, len(content))
        assert (found["width"], found["thumbnail"]) == (None, False)

    @pytest.mark.parametrize(
        "content", [PDF, SVG, HTML, b"MZ\x90\0" + b"\0" * 60, b"GIF89a<script>"]
    )
    @pytest.mark.parametrize("type", ["image/png", "image/jpeg", "image/gif", "application/zip"])
    def test_what_is_something_else_is_refused_and_cannot_be_sent(
        self, type: str, content: bytes
    ) -> None:
        sender = visitor()
        id = sender.uploaded(content, type=type)

        refused = sender.complete(id)
        sent = sender.send(id)

        assert (refused.status, refused.body["error"]["field"]) == (400, "content")
        assert (sent.status, sent.body["error"]["field"]) == (400, "attachments")
        assert not published()

    def test_a_program_is_no_text(self) -> None:
        sender = visitor()
        id = sender.uploaded(b"MZ\x90\0", name="a.txt", type="text/plain")

        assert sender.complete(id).body["error"]["field"] == "content"

    def test_what_was_not_uploaded_is_told(self) -> None:
        sender = visitor()
        id = sender.begin().body["attachment_id"]

        assert sender.complete(id).body["error"]["field"] == "upload"
        assert sender.send(id).status == 400

    def test_a_photo_loses_where_it_was_taken_and_keeps_its_size_in_pixels(self) -> None:
        sender = visitor()
        id = sender.checked(photo(320, 200), name="a.jpg", type="image/jpeg")

        sender.send(id)

        (content,) = published()
        assert GPS in photo(320, 200)
        assert GPS not in content
        file = uploads.get(id)
        assert file is not None
        assert (file.attachment.width, file.attachment.height) == (320, 200)
        assert file.attachment.size == len(content)

    def test_what_hides_behind_a_picture_is_cut_off(self) -> None:
        sender = visitor()
        sender.send(sender.checked(png() + b"PK\x03\x04" + HTML))

        assert published() == [png()]

    def test_what_is_uploaded_again_after_the_check_changes_nothing(self) -> None:
        sender = visitor()
        begun = sender.begin().body
        store(begun["upload"], png())
        assert sender.complete(begun["attachment_id"]).status == 200
        store(begun["upload"], HTML)
        assert sender.complete(begun["attachment_id"]).status == 200

        sender.send(begun["attachment_id"])

        assert published() == [png()]

    def test_a_thumbnail_goes_beside_it_without_metadata(self) -> None:
        sender = visitor()
        id = sender.checked(png(640, 400), thumbnail=photo(480, 300))

        answer = sender.send(id)

        assert answer.body["message"]["attachments"][0]["thumbnail"] is True
        assert len(published()) == 2
        assert not [each for each in published() if GPS in each]

    @pytest.mark.parametrize("thumbnail", [photo(481, 10), png(10, 10), HTML])
    def test_a_thumbnail_that_is_none_is_refused(self, thumbnail: bytes) -> None:
        sender = visitor()

        answer = sender.complete(sender.uploaded(png(640, 400), thumbnail=thumbnail))

        assert (answer.status, answer.error) == (400, "invalid")

    def test_a_thumbnail_that_did_not_come_is_missed_by_nobody(self) -> None:
        sender = visitor()
        begun = sender.begin(thumbnail_size=100).body
        store(begun["upload"], png())

        answer = sender.complete(begun["attachment_id"])

        assert answer.body["attachment"]["thumbnail"] is False


def published() -> list[bytes]:
    return [file.content for key, file in LINE.files.items() if key.startswith("/files/")]


class TestSending:
    def test_both_sides_read_what_a_message_carries(self) -> None:
        sender = anna()
        sender.guest.seq = 1
        id = sender.checked(PDF, name="../счёт.pdf", type="application/pdf")
        sender.send(id, body="Вот счёт")

        (_, said) = sender.guest.poll(0).body["messages"]
        (file,) = said["attachments"]
        assert (said["body"], file["name"], file["type"]) == (
            "Вот счёт",
            "счёт.pdf",
            "application/pdf",
        )
        opened = post(f"/panel/conversations/{sender.guest.conversation_id}/open", {}, sender.token)
        assert opened.body["messages"][1]["attachments"] == [file]

    def test_a_list_tells_of_a_file_without_words(self) -> None:
        sender = Sender(held_by(ANNA))
        path = "/panel/conversations?tab=mine"

        sender.send(sender.checked(name="IMG_1.png"))
        picture = get(path, bearer(ANNA)).body["items"][0]["last_message"]
        sender.guest.say("Вот")
        words = get(path, bearer(ANNA)).body["items"][0]["last_message"]

        assert (picture["body"], picture["file"]) == ("IMG_1.png", "image")
        assert (words["body"], words["file"]) == ("Вот", None)

    def test_a_repeat_is_the_same_message(self) -> None:
        sender = visitor()
        id, once = sender.checked(), client_id()

        first = sender.send(id, client_id=once, after=1)
        again = sender.send(id, client_id=once, after=1)

        assert (first.status, again.status) == (201, 201)
        assert first.body["message"] == again.body["message"]

    def test_a_first_message_is_repeated_as_well(self) -> None:
        newcomer = Sender(Guest.arrive())
        id, once = newcomer.checked(), client_id()

        first = newcomer.send(id, client_id=once, conversation_id=None, after=0)
        again = newcomer.send(id, client_id=once, conversation_id=None, after=0)

        assert first.body["message"] == again.body["message"]

    def test_a_file_goes_with_one_message_only(self) -> None:
        sender = visitor()
        id = sender.checked()
        sender.send(id)

        again = sender.send(id)

        assert (again.status, again.body["error"]["field"]) == (400, "attachments")
        assert len(sender.guest.bodies()) == 2

    def test_anothers_file_is_as_unknown_as_none(self) -> None:
        """CVE-2026-1251: a foreign attachment's id was taken over."""
        victim, thief = visitor(), visitor()
        waiting, ready, sent = victim.uploaded(), victim.checked(), victim.checked()
        victim.send(sent)

        for id in (waiting, ready, sent, "nowhere"):
            answers = [thief.complete(id), thief.send(id), thief.link(id)]
            assert {(each.status, each.error) for each in answers} == {(404, "not_found")}
        assert victim.send(ready).status == 201

    def test_an_operators_file_is_for_one_conversation(self) -> None:
        sender, other = anna(), anna()
        id = sender.checked()

        assert other.send(id).status == 404
        assert sender.send(id).status == 201

    def test_a_colleagues_file_is_not_ones_own(self) -> None:
        sender = anna()
        id = sender.checked()

        assert Sender(sender.guest, ELENA).complete(id).status == 404
        assert Sender(sender.guest, OLEG).send(id).status == 404

    def test_a_visitors_file_is_no_operators(self) -> None:
        guest = held_by(ANNA)
        id = Sender(guest).checked()

        assert Sender(guest, ANNA).complete(id).status == 404
        assert Sender(guest, ANNA).send(id).status == 404

    def test_ten_files_and_no_more(self) -> None:
        sender = visitor()
        ids = [sender.checked() for _ in range(10)]

        assert sender.send(*ids, sender.checked()).status == 400
        answer = sender.send(*ids)

        assert [each["id"] for each in answer.body["message"]["attachments"]] == ids

    def test_a_blank_message_without_files_is_still_refused(self) -> None:
        assert visitor().send().body["error"]["field"] == "body"

    def test_a_resolved_conversation_is_reopened_by_a_file(self) -> None:
        sender = Sender(resolved_by(ANNA))

        answer = sender.send(sender.checked())

        assert answer.body["conversation"]["status"] == "open"

    def test_a_queued_one_is_claimed_by_a_file(self) -> None:
        sender = Sender(begun(), ANNA)

        assert sender.send(sender.checked()).status == 201
        assert listed(ANNA) == [sender.guest.conversation_id]

    def test_a_push_tells_of_files_without_their_links(self) -> None:
        sender = visitor()
        answer = sender.send(sender.checked())

        assert "Signature" not in json.dumps(answer.body)


class TestFetching:
    def test_a_link_is_good_for_a_minute_and_for_one_file(self) -> None:
        sender = Sender(held_by(ANNA))
        id = sender.checked(png(640, 400), thumbnail=photo(480, 300))
        sender.send(id)

        for who in (sender, Sender(sender.guest, ANNA)):
            link = who.link(id).body
            assert key_of(link["url"]) == f"/files/{sender.guest.contact_id}/{id}"
            assert key_of(link["thumbnail_url"]) == key_of(link["url"]) + ".small"
            assert parse_qs(urlsplit(link["url"]).query)["X-Amz-Expires"] == ["60"]

    def test_what_is_not_sent_is_nobodys_to_fetch(self) -> None:
        sender = visitor()

        assert sender.link(sender.uploaded()).status == 404
        assert sender.link(sender.checked()).status == 404

    def test_who_may_not_see_the_conversation_gets_no_link(self) -> None:
        """CVE-2026-4262, CVE-2026-114400: downloads by id, without asking whose."""
        sender = Sender(held_by(ANNA))
        id = sender.checked()
        sender.send(id)
        seen = {
            person.id: Sender(sender.guest, person).link(id).status
            for person in (ANNA, OLEG, MARIA, ELENA, ADMIN)
        }

        assert seen == {"anna": 200, "oleg": 404, "maria": 404, "elena": 200, "admin": 200}
        assert get(f"/panel/attachments/{id}").status == 401
        assert get(f"/widget/attachment/{id}").status == 401
        assert get(f"/panel/attachments/{id}", sender.guest.token).status == 401
        assert get(f"/widget/attachment/{id}", bearer(ANNA)).status == 401

    @pytest.mark.parametrize(
        ("name", "type", "content", "how"),
        [
            ("a.png", PNG, png(), "inline"),
            ("a.pdf", "application/pdf", PDF, "attachment"),
            ("page.html", "text/plain", HTML, "attachment"),
            ("picture.svg", "text/plain", SVG, "attachment"),
        ],
    )
    def test_browsers_show_pictures_and_keep_all_else(
        self, name: str, type: str, content: bytes, how: str
    ) -> None:
        """CVE-2026-0483, CVE-2021-3742: scripts in uploaded PDF and SVG."""
        sender = visitor()
        id = sender.checked(content, name=name, type=type)
        sender.send(id)

        file = LINE.files[f"/files/{sender.guest.contact_id}/{id}"]
        assert file.headers["Content-Disposition"].startswith(f"{how}; ")
        assert file.headers["Content-Type"].startswith(type)
        assert file.headers["Cache-Control"].startswith("private")
        if name.endswith(("html", "svg")):
            assert f'filename="{name}.txt"' in file.headers["Content-Disposition"]

    def test_a_name_breaks_no_header(self) -> None:
        sender = visitor()
        id = sender.checked(name='a"\r\nX-Evil: 1\r\n\u202e.png')
        sender.send(id)

        told = LINE.files[f"/files/{sender.guest.contact_id}/{id}"].headers["Content-Disposition"]
        assert told.startswith('inline; filename="a_X-Evil_ 1.png"')
        assert "\n" not in told
