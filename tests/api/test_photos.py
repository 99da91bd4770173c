"""Photos of operators and inboxes: given by admins, seen by visitors, gone when taken away."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.domain.operator import Operator
from chalicelib.domain.photo import MOST_BYTES
from chalicelib.store import activity, memberships, organisation, staff
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, OLEG
from tests.support.door import Answer, bearer, get, post, request
from tests.support.line import LINE, Call, Go, refusal
from tests.support.pictures import jpeg, png, webp
from tests.support.scene import Guest, act, begun, held_by, online
from tests.support.sockets import socket_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def path_for(who: str) -> str:
    return f"/settings/operators/{who}/photo"


def give(image: bytes, who: str = "anna", by: Operator = ADMIN) -> Answer:
    return post(path_for(who), {"image": b64encode(image).decode()}, bearer(by))


def given(image: bytes, who: str = "anna") -> str:
    """The path of a photo that was given."""
    answer = give(image, who)
    assert answer.status == 200, answer
    path: str = answer.body["operator"]["photo"]
    return path


def take_away(who: str = "anna", by: Operator = ADMIN) -> Answer:
    return request("DELETE", path_for(who), None, bearer(by))


def recorded(who: str = "anna") -> str | None:
    found = staff.get(who)
    assert found is not None
    return found.photo


def talk(guest: Guest) -> dict[str, object]:
    """What the visitor is told of who answers."""
    operator: dict[str, object] = guest.poll().body["conversation"]["operator"]
    return operator


class TestGiving:
    @pytest.mark.parametrize(
        ("image", "ending", "content_type"),
        [
            (jpeg(), ".jpg", "image/jpeg"),
            (png(), ".png", "image/png"),
            (webp(), ".webp", "image/webp"),
        ],
        ids=["jpeg", "png", "webp"],
    )
    def test_it_is_stored_under_a_name_of_its_own(
        self, image: bytes, ending: str, content_type: str
    ) -> None:
        path = given(image)

        assert path.startswith("/photos/")
        assert path.endswith(ending)
        assert recorded() == path
        assert LINE.files.keys() == {path}
        file = LINE.files[path]
        assert file.content == image
        assert file.headers["Content-Type"] == content_type
        assert "immutable" in file.headers["Cache-Control"]

    def test_another_one_replaces_it_and_nothing_else(self) -> None:
        first = given(png())
        others = given(png(), "oleg")
        second = given(png())

        assert first != second
        assert LINE.files.keys() == {second, others}
        assert staff.get("oleg") != OLEG
        assert recorded() == second

    def test_colleagues_and_admins_see_it(self) -> None:
        path = given(png())

        directory = get("/panel/directory", bearer(MARIA)).body["operators"]
        records = get("/settings/operators", bearer(ADMIN)).body["operators"]
        for listed in (directory, records):
            photos = {each["id"]: each["photo"] for each in listed}
            assert photos == dict.fromkeys(photos, None) | {"anna": path}

    def test_the_audit_log_tells_who_gave_it(self) -> None:
        path = given(png())

        events = activity.of_settings(f"{datetime.now(UTC):%Y-%m}")
        told = [each for _, each in events if each.subject_id == "anna"]
        assert [(each.actor.id, each.before, each.after) for each in told] == [
            ("admin", {"photo": None}, {"photo": path})
        ]

    def test_it_ends_no_session(self) -> None:
        token = bearer(ANNA)

        given(png())

        assert get("/panel/directory", token).status == 200
        assert recorded()


class TestTakingAway:
    def test_it_is_gone(self) -> None:
        given(png())

        answer = take_away()

        assert answer.body["operator"]["photo"] is None
        assert recorded() is None
        assert LINE.files == {}
        member = memberships.of(ANNA)
        assert member is not None
        assert member.photo is None

    def test_what_is_not_there_can_be_taken_away(self) -> None:
        assert take_away().status == 200
        assert staff.get("anna") == ANNA


class TestVisitors:
    def test_they_see_the_photo_of_whoever_was_chosen_for_them(self) -> None:
        path = given(png())
        online(ANNA)

        guest = begun()

        assert talk(guest) == {"id": "anna", "name": ANNA.name, "photo": path}

    def test_and_of_whoever_took_or_was_handed_the_conversation(self) -> None:
        annas, olegs = given(png()), given(jpeg(), "oleg")
        guest = held_by(ANNA)
        assert talk(guest)["photo"] == annas

        body = {"operator_id": "oleg", "anyway": True}
        assert act(ANNA, guest, "transfer_to_operator", body).status == 200

        assert talk(guest) == {"id": "oleg", "name": OLEG.name, "photo": olegs}

    def test_who_comes_back_sees_it_at_once(self) -> None:
        path = given(png())
        guest = held_by(ANNA)

        body = {"inbox": "demo", "refresh_token": guest.refresh_token}
        answer = post("/widget/bootstrap", body)

        assert answer.body["operator"] == {"id": "anna", "name": ANNA.name, "photo": path}

    def test_the_next_operator_without_a_photo_does_not_inherit_it(self) -> None:
        given(png())
        guest = held_by(ANNA)

        body = {"operator_id": "oleg", "anyway": True}
        assert act(ANNA, guest, "transfer_to_operator", body).status == 200

        assert talk(guest)["photo"] is None

    def test_it_moves_along_into_another_branch(self) -> None:
        path = given(png())
        moved = request("PATCH", "/settings/operators/anna", {"branch_id": "msk"}, bearer(ADMIN))
        assert moved.body["operator"]["photo"] == path
        after = staff.get("anna")
        assert after is not None
        member = memberships.of(after)
        assert member is not None
        assert member.photo == path

    def test_it_is_pushed_with_the_first_reply(self) -> None:
        path = given(png())
        guest = begun()
        socket_of(guest)

        said = {"client_id": "reply-of-anna-1", "body": "Добрый день", "after": 1}
        post(f"/panel/conversations/{guest.conversation_id}/messages", said, bearer(ANNA))

        assert LINE.frames[-1][1]["conversation"]["operator"]["photo"] == path


class TestRefusing:
    @pytest.mark.parametrize(
        "image",
        [
            b"",
            SVG,
            HTML,
            b"GIF89a\x40\0\x40\0\0\0\0;",
            png() + HTML,
            jpeg() + b"PK\x05\x06" + b"\0" * 18,
            webp() + HTML,
            b"\xff\xd8\xff" + HTML + b"\xff\xd9",
            png()[:-12],
            png(64, 32),
            png(2048, 2048),
            jpeg(comment=b"x" * MOST_BYTES)[: MOST_BYTES + 1],
        ],
        ids=[
            "empty",
            "svg",
            "html",
            "gif",
            "png and html",
            "jpeg and zip",
            "webp and html",
            "html in a jpeg's clothes",
            "broken off",
            "not square",
            "many pixels",
            "too large",
        ],
    )
    def test_what_is_no_photo_is_told_and_leaves_nothing(self, image: bytes) -> None:
        before = given(png())

        answer = give(image)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == "image"
        assert recorded() == before
        assert LINE.files.keys() == {before}

    @pytest.mark.parametrize(
        "image", ["!!!", "data:image/png;base64,AAAA", 7, None, ["AAAA"], {"a": "AAAA"}]
    )
    def test_what_is_no_base64_is_told(self, image: object) -> None:
        answer = post(path_for("anna"), {"image": image}, bearer(ADMIN))

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == "image"
        assert not LINE.files

    def test_a_body_that_is_far_too_large_is_not_even_read(self) -> None:
        answer = give(b"\xff" * 60_000)

        assert (answer.status, answer.error) == (413, "too_large")

    def test_a_name_or_kind_of_ones_own_cannot_be_chosen(self) -> None:
        for extra in ({"name": "../x.html"}, {"content_type": "text/html"}):
            body = {"image": b64encode(png()).decode()} | extra
            assert post(path_for("anna"), body, bearer(ADMIN)).status == 400
        assert not LINE.files

    def test_it_cannot_be_set_by_changing_the_record(self) -> None:
        changed = {"photo": "https://elsewhere.example/x.svg"}
        answer = request("PATCH", "/settings/operators/anna", changed, bearer(ADMIN))

        assert answer.status == 400
        assert staff.get("anna") == ANNA

    @pytest.mark.parametrize("who", [ANNA, ELENA], ids=lambda each: each.id)
    def test_admins_only_also_for_ones_own(self, who: Operator) -> None:
        path = given(png())

        assert give(png(), by=who).status == 403
        assert take_away(by=who).status == 403
        assert recorded() == path
        assert LINE.files.keys() == {path}

    def test_nobody_has_no_photo(self) -> None:
        assert give(png(), "nobody").status == 404
        assert take_away("nobody").status == 404
        assert not LINE.files


class TestInboxes:
    path = "/settings/inboxes/demo/photo"

    def give(self, image: bytes, by: Operator = ADMIN) -> Answer:
        return post(self.path, {"image": b64encode(image).decode()}, bearer(by))

    def given(self, image: bytes) -> str:
        answer = self.give(image)
        assert answer.status == 200, answer
        path: str = answer.body["inbox"]["photo"]
        return path

    def recorded(self) -> str | None:
        (found,) = (each for each in organisation.inboxes() if each.id == "demo")
        return found.photo

    def test_visitors_see_it_from_the_beginning(self) -> None:
        path = self.given(png())

        assert LINE.files.keys() == {path}
        assert self.recorded() == path
        assert post("/widget/bootstrap", {"inbox": "demo"}).body["inbox"]["photo"] == path
        assert post("/widget/bootstrap", {"inbox": "moscow"}).body["inbox"]["photo"] is None

    def test_another_one_replaces_it_and_no_operators(self) -> None:
        annas, first = given(png()), self.given(png())

        second = self.given(jpeg())

        assert first != second
        assert self.recorded() == second
        assert LINE.files.keys() == {annas, second}

    def test_the_other_settings_leave_it_and_it_leaves_them(self) -> None:
        look = {"appearance": {"accent": "#0a7d33", "title_ru": "Мастерская"}}
        change = "/settings/inboxes/demo"
        looked = request("PATCH", change, look, bearer(ADMIN)).body["inbox"]["appearance"]

        path = self.given(png())

        renamed = request("PATCH", change, {"name": "Лавка"}, bearer(ADMIN)).body["inbox"]
        assert (renamed["photo"], renamed["appearance"]) == (path, looked)
        taken = request("DELETE", self.path, None, bearer(ADMIN)).body["inbox"]
        assert taken == renamed | {"photo": None}
        assert self.recorded() is None
        assert LINE.files == {}

    def test_the_audit_log_tells_who_gave_it(self) -> None:
        path = self.given(png())

        events = activity.of_settings(f"{datetime.now(UTC):%Y-%m}")
        told = [each for _, each in events if each.subject_id == "demo"]
        assert [(each.actor.id, each.before, each.after) for each in told] == [
            ("admin", {"photo": None}, {"photo": path})
        ]

    def test_it_goes_with_its_inbox(self) -> None:
        self.given(png())

        assert request("DELETE", "/settings/inboxes/demo", None, bearer(ADMIN)).status == 200

        assert LINE.files == {}

    @pytest.mark.parametrize("image", [SVG, png(64, 32), jpeg() + HTML], ids=len)
    def test_what_is_no_photo_is_told_and_leaves_nothing(self, image: bytes) -> None:
        before = self.given(png())

        answer = self.give(image)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == "image"
        assert self.recorded() == before
        assert LINE.files.keys() == {before}

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    def test_a_path_of_ones_own_cannot_be_set(self, method: str) -> None:
        at = "/settings/inboxes" + ("/demo" if method == "PATCH" else "")
        body = {"name": "Лавка", "photo": "https://elsewhere.example/x.svg"}

        assert request(method, at, body, bearer(ADMIN)).status == 400

    def test_an_inbox_that_is_not_there_has_none(self) -> None:
        for method, body in (("POST", {"image": b64encode(png()).decode()}), ("DELETE", None)):
            at = "/settings/inboxes/nowhere/photo"
            assert request(method, at, body, bearer(ADMIN)).status == 404
        assert not LINE.files


class TestTrouble:
    def test_while_s3_takes_nothing_the_former_one_stays(self) -> None:
        before = given(png())

        with LINE.through(_no_files):
            answer = give(jpeg())

        assert (answer.status, answer.error) == (503, "unavailable")
        assert recorded() == before
        assert before in LINE.files


def _no_files(call: Call, go: Go) -> AWSResponse:
    return refusal("AccessDenied") if call.operation.endswith("file") else go()
