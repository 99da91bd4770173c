"""Who may be a machine solves something before a conversation is started, and nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain import limits
from chalicelib.domain.captcha import LIFE, CaptchaKind, Challenge
from chalicelib.store import organisation, pools, settled
from tests.domain.test_captcha import answer
from tests.support.company import ANNA, INBOX
from tests.support.door import Answer, at
from tests.support.line import LINE, throttled
from tests.support.scene import Guest, begun, client_id, held_by, resolved_by
from tests.support.sockets import socket_of

NOW = limits.began(datetime.now(UTC), limits.WINDOW) - limits.WINDOW + timedelta(seconds=1)


@pytest.fixture(params=[CaptchaKind.ARITHMETIC, CaptchaKind.ALTCHA], autouse=True)
def kind(request: pytest.FixtureRequest) -> Iterator[CaptchaKind]:
    organisation.save_inbox(replace(INBOX, captcha=request.param))
    settled.clear()
    with at(NOW):
        yield request.param
    settled.clear()


@pytest.fixture
def suspected() -> Guest:
    """A visitor of an address from which many conversations were started."""
    for _ in range(limits.SUSPECT_CONVERSATIONS):
        begun()
    return Guest.arrive()


def solved(refusal: Answer) -> dict[str, str]:
    """What the widget sends after somebody has solved the challenge."""
    assert (refusal.status, refusal.error) == (403, "captcha_required"), refusal
    shown = refusal.body["error"]["challenge"]
    assert shown["expires_in"] == 300
    work = shown["altcha"] or {}
    challenge = Challenge(
        kind=CaptchaKind(shown["kind"]),
        token=shown["token"],
        question=shown["question"] or "",
        salt=work.get("salt", ""),
        target=work.get("challenge", ""),
        most=work.get("maxnumber", 0),
    )
    return {"token": challenge.token, "answer": answer(challenge)}


def test_the_first_ones_of_an_address_are_asked_nothing() -> None:
    answers = [Guest.arrive().say().status for _ in range(limits.SUSPECT_CONVERSATIONS)]

    assert set(answers) == {201}


def test_the_next_one_is_and_the_same_message_gets_in_with_the_answer(
    suspected: Guest, kind: CaptchaKind
) -> None:
    said: dict[str, Any] = {"client_id": client_id()}
    refused = suspected.say("Пустите", **said)
    assert refused.body["error"]["challenge"]["kind"] == kind.value
    assert "field" not in refused.body["error"]
    assert suspected.poll().body["conversation"] is None

    sent = suspected.say("Пустите", **said, captcha=solved(refused))

    assert sent.status == 201
    assert suspected.bodies() == ["Пустите"]
    assert suspected.say("И ещё").status == 201


def test_a_wrong_answer_gives_another_challenge_and_the_first_is_worth_nothing(
    suspected: Guest,
) -> None:
    first = suspected.say()
    wrong = solved(first) | {"answer": "-1"}

    again = suspected.say(captcha=wrong)
    late = suspected.say(captcha=solved(first))

    assert (again.error, again.body["error"]["field"]) == ("captcha_required", "captcha")
    assert late.error == "captcha_required"
    assert solved(again)["token"] != wrong["token"]
    assert suspected.say(captcha=solved(again)).status == 201


def test_an_answer_starts_one_conversation_however_often_it_is_sent(suspected: Guest) -> None:
    solution, said = solved(suspected.say()), {"client_id": client_id()}

    answers = [suspected.say(conversation_id=None, captcha=solution, **said) for _ in range(3)]

    assert {each.status for each in answers} == {201}
    assert len({each.body["message"]["id"] for each in answers}) == 1


def test_of_several_messages_with_one_answer_one_starts_a_conversation(suspected: Guest) -> None:
    """Guard: the condition under which an answer is noted."""
    solution = solved(suspected.say())
    threads = ThreadPoolExecutor(4)

    with threads:
        answers = list(threads.map(lambda _: suspected.say(captcha=solution), range(4)))

    assert 201 in {each.status for each in answers}
    assert pools.load("ekb").queued == limits.SUSPECT_CONVERSATIONS + 1


def test_an_answer_is_worth_nothing_to_another_visitor(suspected: Guest) -> None:
    solution, other = solved(suspected.say()), Guest.arrive()

    assert other.say(captcha=solution).error == "captcha_required"
    assert suspected.say(captcha=solution).status == 201


@pytest.mark.usefixtures("impatient")
def test_an_answer_may_be_repeated_after_a_crash_but_not_spent_on_another_message(
    suspected: Guest,
) -> None:
    solution, said = solved(suspected.say()), client_id()
    with LINE.through(
        lambda call, go: throttled(call, go) if call.operation == "TransactWriteItems" else go()
    ):
        assert suspected.say(client_id=said, captcha=solution).status == 503

    other = suspected.say(client_id=client_id(), captcha=solution)
    same = suspected.say(client_id=said, captcha=solution)

    assert (other.error, same.status) == ("captcha_required", 201)


def test_an_answer_comes_in_time_or_is_asked_for_again(suspected: Guest) -> None:
    solution = solved(suspected.say())

    with at(NOW + LIFE):
        late = suspected.say(captcha=solution)
        assert late.error == "captcha_required"
        assert suspected.say(captcha=solved(late)).status == 201


def test_over_a_socket_it_is_the_same(suspected: Guest) -> None:
    with at(datetime.now(UTC)):
        socket = socket_of(suspected)
    said = {"client_id": client_id(), "body": "Пустите"}
    refused = socket.call("/widget/send", said, suspected.token)
    # The socket's address is the door's own: it is counted as the same.
    sent = socket.call("/widget/send", said | {"captcha": solved(refused)}, suspected.token)

    assert sent.status == 201


def test_many_new_visitors_of_an_address_make_it_suspicious_too() -> None:
    for _ in range(limits.SUSPECT_ARRIVALS):
        Guest.arrive()

    assert Guest.arrive().say().error == "captcha_required"


def test_very_many_conversations_of_an_inbox_make_everybody_suspicious(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SUSPECT_INBOX", 1)
    begun()

    assert Guest.arrive().say().error == "captcha_required"


def test_who_talks_already_is_asked_nothing(suspected: Guest) -> None:
    with at(NOW + limits.WINDOW):
        guest, former = held_by(ANNA), resolved_by(ANNA)
        for _ in range(limits.SUSPECT_CONVERSATIONS):
            Guest.arrive().say()

        assert guest.say("Ещё вопрос").status == 201
        assert former.say("Ещё вопрос").status == 201


def test_an_inbox_without_captcha_asks_nobody(suspected: Guest) -> None:
    organisation.save_inbox(INBOX)
    settled.clear()

    assert suspected.say().status == 201


@pytest.mark.usefixtures("impatient")
def test_counters_that_do_not_answer_ask_nobody(suspected: Guest) -> None:
    with LINE.through(lambda call, go: throttled(call, go) if "L#" in str(call.request) else go()):
        assert suspected.say().status == 201


@pytest.mark.parametrize(
    "captcha", [{"token": "x"}, {"token": "", "answer": "1"}, {"token": "x", "answer": 7}, "x", [1]]
)
def test_what_is_no_answer_is_refused(suspected: Guest, captcha: object) -> None:
    refused = suspected.say(captcha=captcha)

    assert (refused.status, refused.error) == (400, "invalid")
    assert refused.body["error"]["field"].startswith("captcha")
