"""Who asks too often is told so, and how long to wait; nobody else notices anything."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.api import endpoint as endpoint_module
from chalicelib.config import config
from chalicelib.domain import limits, pacing
from chalicelib.domain.limits import What
from chalicelib.store import contacts
from tests.support.company import ANNA, ELENA, PASSWORD
from tests.support.door import Answer, at, bearer, post
from tests.support.line import LINE, throttled
from tests.support.scene import Guest, client_id, held_by, reply
from tests.support.sockets import socket_of

NOW = datetime.now(UTC)
"""A moment early in its window."""
NOW = limits.began(NOW, limits.WINDOW) + timedelta(seconds=1)
CORS = endpoint_module.CORS.get_access_control_headers()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So that tests need not ask two hundred times."""
    monkeypatch.setitem(limits.MOST, What.ARRIVAL, 2)
    monkeypatch.setitem(limits.MOST, What.RETURN, 2)
    monkeypatch.setitem(limits.MOST, What.CONVERSATION, 2)
    monkeypatch.setattr(limits, "UPLOADS", 2)
    monkeypatch.setattr(limits, "UPLOADS_OF_ADDRESS", 4)
    monkeypatch.setattr(limits, "INTRODUCTIONS", 2)
    monkeypatch.setattr(limits, "INTRODUCTIONS_OF_ADDRESS", 4)
    with at(NOW):
        yield


def bootstrap(address: str = "95.167.0.1", refresh_token: str | None = None) -> Answer:
    return post(
        "/widget/bootstrap", {"inbox": "demo", "refresh_token": refresh_token}, address=address
    )


def is_told_to_wait(answer: Answer, most: int) -> bool:
    seconds = answer.body["error"]["retry_after"]
    assert (answer.status, answer.error) == (429, "too_many_requests")
    assert answer.headers["retry-after"] == str(seconds)
    return 0 < seconds <= most


@pytest.mark.usefixtures("few")
class TestArriving:
    def test_too_many_new_visitors_of_an_address_wait_and_others_do_not(self) -> None:
        assert [bootstrap().status for _ in range(3)] == [200, 200, 429]

        assert is_told_to_wait(bootstrap(), 600)
        assert bootstrap("95.167.0.2").status == 200
        with at(NOW + limits.WINDOW):
            assert bootstrap().status == 200

    def test_an_ipv6_network_is_one_address(self) -> None:
        answers = [bootstrap(f"2001:db8:1:2::{n}").status for n in range(3)]

        assert answers == [200, 200, 429]
        assert bootstrap("2001:db8:1:3::1").status == 200

    def test_who_is_known_is_not_stopped_by_new_ones_and_has_a_limit_of_their_own(self) -> None:
        token = bootstrap().body["refresh_token"]
        while bootstrap().status == 200:
            pass

        statuses = []
        for _ in range(3):
            back = bootstrap(refresh_token=token)
            token = back.body.get("refresh_token", token)
            statuses.append(back.status)

        assert statuses == [200, 200, 429]
        with at(NOW + limits.WINDOW):
            assert bootstrap(refresh_token=token).status == 200

    @pytest.mark.usefixtures("impatient")
    def test_a_counter_that_does_not_answer_stops_nobody(self) -> None:
        with LINE.through(
            lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()
        ):
            assert [bootstrap().status for _ in range(4)] == [200] * 4


@pytest.mark.usefixtures("few")
class TestStarting:
    def test_too_many_conversations_of_an_address_wait_and_nothing_of_them_is_stored(self) -> None:
        guests = [Guest.arrive(address=f"95.167.1.{n}") for n in range(3)]

        answers = [guest.say() for guest in guests]

        assert [each.status for each in answers] == [201, 201, 429]
        assert is_told_to_wait(answers[2], 600)
        assert guests[2].poll().body["conversation"] is None
        with at(NOW + limits.WINDOW):
            assert guests[2].say().status == 201

    def test_who_talks_already_talks_on(self) -> None:
        guests = [Guest.arrive(address=f"95.167.1.{n}") for n in range(3)]
        assert [guest.say().status for guest in guests] == [201, 201, 429]

        assert guests[0].say("Ещё вопрос").status == 201

    def test_over_a_socket_the_answer_says_how_long_as_well(self) -> None:
        guests = [Guest.arrive(address=f"95.167.1.{n}") for n in range(3)]
        with at(datetime.now(UTC)):
            sockets = [socket_of(guest) for guest in guests]

        answers = [
            socket.call("/widget/send", {"client_id": client_id(), "body": "Ау"}, guest.token)
            for socket, guest in zip(sockets, guests, strict=True)
        ]

        assert [each.status for each in answers] == [201, 201, 429]
        assert 0 < answers[2].body["error"]["retry_after"] <= 600

    @pytest.mark.usefixtures("impatient")
    def test_a_counter_that_does_not_answer_stops_no_conversation(self) -> None:
        guests = [Guest.arrive(address=f"95.167.1.{n}") for n in range(4)]
        with LINE.through(
            lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()
        ):
            assert [guest.say().status for guest in guests] == [201] * 4


@pytest.mark.usefixtures("few")
class TestUploading:
    def begin(self, guest: Guest, address: str = "95.167.2.1", **changes: Any) -> Answer:
        wish = {"name": "a.png", "size": 2000, "type": "image/png"} | changes
        return post("/widget/attachment", wish, guest.token, address=address)

    def test_a_visitor_who_uploads_very_much_waits_wherever_they_are_and_others_do_not(
        self,
    ) -> None:
        guest, other = Guest.arrive(), Guest.arrive()

        assert [self.begin(guest).status for _ in range(3)] == [201, 201, 429]

        assert is_told_to_wait(self.begin(guest, "95.167.2.2"), 600)
        assert self.begin(other).status == 201
        with at(NOW + limits.WINDOW):
            assert self.begin(guest).status == 201

    def test_many_visitors_of_an_address_wait_together(self) -> None:
        guests = [Guest.arrive(address=f"95.167.3.{n}") for n in range(5)]

        assert [self.begin(each).status for each in guests] == [201] * 4 + [429]

        assert self.begin(guests[4], "95.167.2.2").status == 201

    def test_what_may_not_be_sent_is_not_counted_and_what_is_refused_leaves_no_item(self) -> None:
        guest = Guest.arrive()
        assert [self.begin(guest, size=10**9).status for _ in range(3)] == [400] * 3
        assert [self.begin(guest).status for _ in range(2)] == [201, 201]

        with LINE.watched() as calls:
            assert self.begin(guest).status == 429

        assert [each.operation for each in calls] == ["UpdateItem"] * 2

    def test_operators_are_not_counted(self) -> None:
        guest = held_by(ANNA)
        path = f"/panel/conversations/{guest.conversation_id}/attachments"
        wish = {"name": "a.png", "size": 2000, "type": "image/png"}

        assert [post(path, wish, bearer(ANNA)).status for _ in range(5)] == [201] * 5

    @pytest.mark.usefixtures("impatient")
    def test_a_counter_that_does_not_answer_stops_no_upload(self) -> None:
        guest = Guest.arrive()
        with LINE.through(
            lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()
        ):
            assert [self.begin(guest).status for _ in range(4)] == [201] * 4


@pytest.mark.usefixtures("few")
class TestIdentifying:
    def identify(self, guest: Guest, name: str, address: str = "95.167.4.1") -> Answer:
        return post("/widget/identify", {"name": name}, guest.token, address=address)

    def test_a_page_that_changes_its_mind_very_often_waits_and_others_do_not(self) -> None:
        guest, other = Guest.arrive(), Guest.arrive()

        answers = [self.identify(guest, name) for name in ("Вера", "Надежда", "Любовь")]

        assert [each.status for each in answers] == [200, 200, 429]
        assert is_told_to_wait(self.identify(guest, "Софья", "95.167.4.2"), 600)
        kept = contacts.get(guest.contact_id)
        assert kept is not None
        assert kept.name == "Надежда"
        assert self.identify(other, "Любовь").status == 200
        with at(NOW + limits.WINDOW):
            assert self.identify(guest, "Любовь").status == 200

    def test_many_visitors_of_an_address_wait_together(self) -> None:
        guests = [Guest.arrive(address=f"95.167.5.{n}") for n in range(5)]

        assert [self.identify(each, "Вера").status for each in guests] == [200] * 4 + [429]

        assert self.identify(guests[4], "Вера", "95.167.4.2").status == 200

    def test_what_changes_nothing_and_what_is_refused_is_not_counted(self) -> None:
        guest = Guest.arrive()
        assert [self.identify(guest, "Вера").status for _ in range(5)] == [200] * 5
        assert [self.identify(guest, "В" * 1000).status for _ in range(3)] == [400] * 3

        assert self.identify(guest, "Надежда").status == 200

    @pytest.mark.usefixtures("impatient")
    def test_a_counter_that_does_not_answer_stops_nobody(self) -> None:
        guest = Guest.arrive()
        with LINE.through(
            lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()
        ):
            assert [self.identify(guest, str(n)).status for n in range(4)] == [200] * 4


class TestWriting:
    def guest(self) -> Guest:
        with at(NOW):
            return held_by(ANNA)

    def test_who_writes_too_fast_waits_and_goes_on_with_the_same_message(self) -> None:
        guest, stuck = self.guest(), client_id()
        with at(NOW):
            said = [guest.say(str(number)).status for number in range(pacing.MOST)]
            refused = guest.say("слишком быстро", client_id=stuck)

        assert said == [201] * (pacing.MOST - 1) + [429]
        assert is_told_to_wait(refused, 20)
        with at(NOW + pacing.WINDOW + timedelta(minutes=1)):
            seen = guest.seq
            again = [guest.say("слишком быстро", client_id=stuck, after=seen) for _ in range(2)]
        assert {each.status for each in again} == {201}
        assert guest.bodies().count("слишком быстро") == 1

    def test_a_repeat_of_what_is_stored_is_never_refused(self) -> None:
        guest, stored = self.guest(), client_id()
        with at(NOW):
            first = guest.say("раз", client_id=stored)
            while guest.say().status == 201:
                pass
            again = guest.say("раз", client_id=stored, after=1)

        assert again.body["message"] == first.body["message"]

    def test_an_answer_lets_them_go_on_at_once(self) -> None:
        guest = self.guest()
        with at(NOW):
            while guest.say().status == 201:
                pass
            reply(ANNA, guest, "Не торопитесь")

            assert guest.say("Хорошо").status == 201

    def test_slowly_one_may_write_for_ever(self) -> None:
        guest = self.guest()

        for number in range(3 * pacing.MOST):
            with at(NOW + timedelta(seconds=2 * number)):
                assert guest.say(str(number)).status == 201

    def test_a_stale_hint_is_no_way_around(self) -> None:
        guest = self.guest()
        with at(NOW):
            statuses = {guest.say(after=0).status for _ in range(pacing.MOST + 5)}

            assert guest.say(after=0).status == 429
        assert statuses == {201, 429}

    def test_another_conversation_is_not_slowed_down(self) -> None:
        guest, other = self.guest(), self.guest()
        with at(NOW):
            while guest.say().status == 201:
                pass

            assert other.say().status == 201

    def test_a_machine_that_shows_what_it_bears_is_not_slowed_down(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        guest, without = self.guest(), replace(config(), rate_limits=False)
        monkeypatch.setattr("chalicelib.actions.limits.config", lambda: without)
        with at(NOW):
            assert {guest.say().status for _ in range(3 * pacing.MOST)} == {201}


class TestGuessing:
    def sign_in(
        self, password: str, address: str = "95.167.0.1", email: str = ANNA.email
    ) -> Answer:
        body = {"email": email, "password": password}
        return post("/panel/sign_in", body, address=address)

    @pytest.fixture(autouse=True)
    def _then(self) -> Iterator[None]:
        with at(limits.began(NOW, limits.SIGN_IN_WINDOW)):
            yield

    @pytest.fixture
    def guessed(self) -> None:
        """Somebody has guessed as often as one may."""
        wrong = [self.sign_in("wrong").status for _ in range(limits.GUESSES)]
        assert wrong == [401] * limits.GUESSES

    @pytest.mark.usefixtures("guessed")
    def test_who_guessed_too_often_does_not_get_in_even_with_the_right_password(self) -> None:
        answer = self.sign_in(PASSWORD)

        assert is_told_to_wait(answer, 900)
        assert self.sign_in(PASSWORD, email=ELENA.email).status == 200
        with at(limits.began(NOW, limits.SIGN_IN_WINDOW) + limits.SIGN_IN_WINDOW):
            assert self.sign_in(PASSWORD).status == 200

    @pytest.mark.usefixtures("guessed")
    def test_the_colleague_whose_password_is_guessed_still_gets_in_from_elsewhere(self) -> None:
        assert self.sign_in(PASSWORD, "95.167.0.2").status == 200

    def test_an_unknown_address_is_refused_alike(self) -> None:
        answers = [self.sign_in("x", email="nobody@x.example") for _ in range(limits.GUESSES + 1)]

        assert [each.status for each in answers] == [401] * limits.GUESSES + [429]

    def test_a_right_password_is_no_guess(self) -> None:
        for _ in range(limits.GUESSES + 5):
            assert self.sign_in(PASSWORD).status == 200

    def test_many_addresses_together_guess_at_one_account_no_more_often(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "GUESSES_OF_ACCOUNT", 3)

        answers = [self.sign_in("wrong", f"95.167.0.{n}").status for n in range(4)]

        assert answers == [401, 401, 401, 429]

    def test_one_network_guesses_at_many_accounts_no_more_often(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "GUESSES_OF_NETWORK", 3)

        answers = [
            self.sign_in("wrong", f"2001:db8::{n}", f"somebody-{n}@x.example").status
            for n in range(4)
        ]

        assert answers == [401, 401, 401, 429]

    @pytest.mark.usefixtures("impatient")
    def test_who_cannot_be_counted_does_not_get_in(self) -> None:
        with LINE.through(
            lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()
        ):
            answer = self.sign_in(PASSWORD)

        assert (answer.status, answer.error) == (503, "unavailable")


def test_browsers_may_read_how_long_to_wait() -> None:
    assert CORS["Access-Control-Expose-Headers"] == "Retry-After"
