"""Challenges: made from our key, answered by whom they were given to, in time."""

from datetime import timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from chalicelib.domain import captcha
from chalicelib.domain.captcha import MINUS, CaptchaKind, Challenge, Solution
from tests.support.people import NOW, later

KEY = b"k" * 32
KINDS = (CaptchaKind.ARITHMETIC, CaptchaKind.ALTCHA)


def given(kind: CaptchaKind = CaptchaKind.ARITHMETIC, id: str = "c1", by: bytes = KEY) -> Challenge:
    return captcha.challenge(by, kind, "vera", id, NOW)


def answer(challenge: Challenge) -> str:
    """As a person, or their browser, finds it."""
    if challenge.kind is CaptchaKind.ALTCHA:
        numbers = range(challenge.most + 1)
        hashes = (sha256(f"{challenge.salt}{each}".encode()).hexdigest() for each in numbers)
        return str(next(n for n, found in enumerate(hashes) if found == challenge.target))
    first, sign, second = challenge.question.split()
    return str(int(first) + int(second) if sign == "+" else int(first) - int(second))


def accepted(
    challenge: Challenge, text: str, *, by: str = "vera", after: timedelta = timedelta()
) -> bool:
    solution = Solution(token=challenge.token, answer=text)
    id = captcha.identity(KEY, challenge.kind, by, solution, NOW + after)
    return id is not None and captcha.solves(KEY, challenge.kind, id, text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_is_right_in_time_and_for_whom_it_was_asked(kind: CaptchaKind) -> None:
    challenge = given(kind)
    right = answer(challenge)

    assert accepted(challenge, right)
    assert accepted(challenge, f" {right} ")
    assert accepted(challenge, right, after=timedelta(minutes=4, seconds=59))
    assert not accepted(challenge, right, after=timedelta(minutes=5))
    assert not accepted(challenge, right, by="boris")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", ["", "x", "-1", "1e1", "999999999", "0x10", "\u0661\u0662"])
def test_a_wrong_answer_is_wrong(kind: CaptchaKind, wrong: str) -> None:
    assert not accepted(given(kind), wrong)


def test_a_sum_is_for_people() -> None:
    challenges = [given(id=f"c{number}") for number in range(200)]

    assert {each.question.split()[1] for each in challenges} == {"+", MINUS}
    assert {1 <= int(answer(each)) <= 28 for each in challenges} == {True}
    assert len({each.question for each in challenges}) > 50


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "...",
        "arithmetic.c1",
        "arithmetic.c1.x.y",
        "arithmetic.c1.99999999999999.y",
        "\ud800",
    ],
)
def test_what_we_did_not_sign_is_no_challenge(token: str) -> None:
    assert not accepted(replace(given(), token=token), answer(given()))


def test_nothing_of_a_token_can_be_changed() -> None:
    ours, foreign = given(), given(by=b"f" * 32)
    kind, id, expires, signature = ours.token.split(".")
    changed = (
        f"altcha.{id}.{expires}.{signature}",
        f"{kind}.c2.{expires}.{signature}",
        f"{kind}.{id}.{int(expires) + 1}.{signature}",
        foreign.token,
    )

    assert accepted(ours, answer(ours))
    assert not any(accepted(replace(ours, token=each), answer(ours)) for each in changed)


def test_a_proof_of_work_is_altchas() -> None:
    challenge = given(CaptchaKind.ALTCHA)

    assert challenge.salt == f"c1?expires={int(later(minutes=5).timestamp())}"
    assert challenge.target == sha256(f"{challenge.salt}{answer(challenge)}".encode()).hexdigest()
    assert (challenge.question, challenge.most) == ("", captcha.HARDEST)
