"""What a message's text may be, and how lists show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.message import MAX_BODY, SNIPPET, clean_body, snippet
from chalicelib.errors import Invalid
from tests.support.people import asks


@pytest.mark.parametrize(
    "blank",
    [
        "", " ", "\n\t\r ", "\x00", " \x00\n", "\u00a0\u2003", "\u200b", "\ufeff\u2060 \u200d\n",
        "\u202e\u202c", "\u2067\u2069", "\u3164", "\u2800", "\u00ad", "\x9f",
    ],
)  # fmt: skip
def test_a_blank_message_is_refused(blank: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_body(blank)

    assert refused.value.field == "body"


def test_4000_characters_fit_and_one_more_does_not() -> None:
    assert clean_body("ж" * MAX_BODY) == "ж" * 4000
    with pytest.raises(Invalid) as refused:
        clean_body("ж" * (MAX_BODY + 1))

    assert refused.value.field == "body"


def test_outer_blanks_do_not_count_inner_ones_stay() -> None:
    assert clean_body("\n  да,\n\n  нет \n" + " " * MAX_BODY) == "да,\n\n  нет"


def test_control_characters_vanish() -> None:
    assert clean_body("a\x00b\x1b\x7f\x85c") == "abc"


def test_nobody_turns_the_direction_of_what_others_read() -> None:
    assert clean_body("invoice\u202egnp.exe") == "invoicegnp.exe"
    assert clean_body("\u202d\u202a\u202ba\u202c") == "a"


@pytest.mark.parametrize(
    "text", ["שלום\u200f!", "\u2067שלום\u2069 a", "👩‍👩‍👧", "नमस्\u200dते", "\u200bа"]
)
def test_what_scripts_need_stays(text: str) -> None:
    assert clean_body(text) == text


@given(st.text(max_size=50))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    try:
        cleaned = clean_body(text)
    except Invalid:
        return

    assert clean_body(cleaned) == cleaned
    assert "\x00" not in cleaned


def test_a_snippet_is_one_line() -> None:
    assert snippet("раз\n\n два\tтри ") == "раз два три"


def test_a_long_snippet_ends_with_an_ellipsis_within_its_length() -> None:
    assert snippet("я" * SNIPPET) == "я" * SNIPPET
    assert snippet("я" * (SNIPPET + 1)) == "я" * (SNIPPET - 1) + "…"


@given(st.text())
def test_a_snippet_is_never_longer_than_80_characters(text: str) -> None:
    assert len(snippet(text)) <= 80


def test_a_messages_id_is_its_place_in_its_conversation() -> None:
    assert asks().numbered("talk", 12).id == "talk.12"
