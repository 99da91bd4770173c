"""Operators sign in, stay signed in, and sign out."""

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace

from chalicelib.domain.branch import Branch
from chalicelib.domain.operator import Operator
from chalicelib.store import organisation, settled, staff
from tests.support.company import ADMIN, ANNA, ELENA, PASSWORD, employ
from tests.support.door import Answer, bearer, get, post
from tests.support.line import LINE
from tests.support.scene import online

KNOWN = {"email": ANNA.email, "password": PASSWORD}


def signed_in(email: str = ANNA.email) -> Answer:
    answer = post("/panel/sign_in", {"email": email, "password": PASSWORD})
    assert answer.status == 200, answer
    return answer


def refreshed(token: str) -> Answer:
    return post("/panel/refresh", {"refresh_token": token})


class TestSignIn:
    @pytest.mark.parametrize("who", [ANNA, ELENA, ADMIN], ids=lambda who: who.id)
    def test_the_right_password_opens_the_panel(self, who: Operator) -> None:
        answer = signed_in(who.email)

        assert answer.body["operator"]["id"] == who.id
        assert get("/panel/directory", answer.body["access_token"]).status == 200

    def test_the_address_may_be_written_in_any_case(self) -> None:
        assert signed_in("  ANNA@X.example ").body["operator"]["email"] == "anna@x.example"

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self) -> None:
        wrong = post("/panel/sign_in", KNOWN | {"password": "something else"})
        unknown = post("/panel/sign_in", KNOWN | {"email": "nobody@x.example"})

        assert (wrong.status, wrong.error) == (401, "bad_credentials")
        assert (wrong.status, wrong.body, wrong.headers) == (
            unknown.status,
            unknown.body,
            unknown.headers,
        )

    def test_a_password_is_verified_even_when_nobody_has_the_address(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Guards the uniform timing: both ways spend their time on one argon2 verification."""
        verified: list[str] = []
        verify = PasswordHasher.verify

        def counted(hasher: PasswordHasher, hash: str, password: str) -> bool:
            verified.append(password)
            return verify(hasher, hash, password)

        monkeypatch.setattr(PasswordHasher, "verify", counted)

        for body in (KNOWN | {"password": "wrong-1"}, {"email": "no@x.example", "password": "w2"}):
            post("/panel/sign_in", body)

        assert verified == ["wrong-1", "w2"]

    def test_an_empty_hash_opens_nothing(self) -> None:
        employ(replace(ANNA, id="ghost", email="ghost@x.example"), "")

        answer = post("/panel/sign_in", KNOWN | {"email": "ghost@x.example"})

        assert (answer.status, answer.error) == (401, "bad_credentials")


class TestRefresh:
    def test_the_current_token_gives_new_ones(self) -> None:
        session = signed_in().body

        answer = refreshed(session["refresh_token"])

        assert answer.status == 200
        assert answer.body["refresh_token"] != session["refresh_token"]
        assert get("/panel/directory", answer.body["access_token"]).status == 200

    def test_the_one_before_repeats_its_successor(self) -> None:
        first = signed_in().body["refresh_token"]

        answers = [refreshed(first) for _ in range(3)]

        assert [each.status for each in answers] == [200, 200, 200]
        assert len({each.body["refresh_token"] for each in answers}) == 1

    def test_a_replayed_older_token_ends_the_family(self) -> None:
        first = signed_in().body["refresh_token"]
        second = refreshed(first).body["refresh_token"]
        third = refreshed(second).body["refresh_token"]

        for worthless in (first, third):
            assert (refreshed(worthless).status, refreshed(worthless).error) == (
                401,
                "unauthorized",
            )

    def test_two_browsers_are_two_families(self) -> None:
        home, work = signed_in().body["refresh_token"], signed_in().body["refresh_token"]
        for worthless in (home + "0", home):
            refreshed(worthless)

        assert refreshed(work).status == 200

    def test_a_visitors_route_does_nothing_with_an_operators_token(self) -> None:
        """Guards: the holder's kind in the token. Without it the operator's family would move on,
        and whoever holds the token next would be thrown out.
        """
        token = signed_in().body["refresh_token"]

        assert post("/widget/refresh", {"refresh_token": token}).status == 401
        started = post("/widget/bootstrap", {"inbox": "demo", "refresh_token": token})

        assert (started.status, started.body["conversation"]) == (200, None)
        assert refreshed(refreshed(token).body["refresh_token"]).status == 200
        assert refreshed(started.body["refresh_token"]).status == 401


class TestSignOut:
    def test_it_ends_access_refresh_and_sockets_everywhere(self) -> None:
        home, work = signed_in().body, signed_in().body
        online(ANNA)

        answer = post("/panel/sign_out", None, home["access_token"])

        assert (answer.status, answer.body) == (200, {})
        for session in (home, work):
            assert get("/panel/directory", session["access_token"]).status == 401
            assert refreshed(session["refresh_token"]).status == 401
        assert LINE.closed == ["panel-of-anna"]

    def test_a_supervisors_socket_ends_too(self) -> None:
        online(ELENA)

        post("/panel/sign_out", None, bearer(ELENA))

        assert LINE.closed == ["panel-of-elena"]

    def test_a_socket_ends_that_is_older_than_a_branch(self) -> None:
        """Guards: the look into every branch's audience. The first one's lacks this socket."""
        online(ELENA)
        organisation.save_branch(Branch(id="abakan", name="Абакан"))
        settled.clear()

        post("/panel/sign_out", None, bearer(ELENA))

        assert LINE.closed == ["panel-of-elena"]

    def test_colleagues_stay_signed_in(self) -> None:
        elena = signed_in(ELENA.email).body["access_token"]

        post("/panel/sign_out", None, bearer(ANNA))

        assert get("/panel/directory", elena).status == 200

    def test_one_can_sign_in_again(self) -> None:
        post("/panel/sign_out", None, signed_in().body["access_token"])

        again = signed_in().body

        assert get("/panel/directory", again["access_token"]).status == 200

    def test_signing_in_counts_at_once_where_an_older_epoch_is_still_believed(self) -> None:
        """Another Lambda may have read the operator before the sign-out, and believes it for ten
        seconds: a token of a later epoch is proof enough that it should look again.
        """
        assert settled.operator("anna") == ANNA
        staff.end_sessions("anna")

        again = signed_in().body

        assert get("/panel/directory", again["access_token"]).status == 200
        assert refreshed(again["refresh_token"]).status == 200
