"""How an inbox's widget looks, and what it says before anybody does."""

import re
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import Invalid

MAX_TITLE = 60
MAX_GREETING = 500


class Side(StrEnum):
    """The corner of the page, at its bottom."""

    RIGHT = "right"
    LEFT = "left"


class Appearance(Struct, frozen=True, kw_only=True):
    """`accent` is `#rrggbb`, None: the widget's own; `title` stands where later the operator's name
    does (empty: the inbox's name), `greeting` above the first message (empty: the widget's own).
    """

    accent: str | None = None
    side: Side = Side.RIGHT
    title_ru: str = ""
    title_en: str = ""
    greeting_ru: str = ""
    greeting_en: str = ""


def checked(wanted: Appearance) -> Appearance:
    """In the form in which it is kept. Raises Invalid."""
    accent = wanted.accent.lower() if wanted.accent else None
    if accent and not re.fullmatch("#[0-9a-f]{6}", accent):
        raise Invalid("A colour is written as #rrggbb.", field="appearance")
    return replace(
        wanted,
        accent=accent,
        title_ru=_fitting(wanted.title_ru, MAX_TITLE),
        title_en=_fitting(wanted.title_en, MAX_TITLE),
        greeting_ru=_fitting(wanted.greeting_ru, MAX_GREETING),
        greeting_en=_fitting(wanted.greeting_en, MAX_GREETING),
    )


def _fitting(text: str, most: int) -> str:
    if len(text.strip()) > most:
        raise Invalid(f"A text is longer than {most} characters.", field="appearance")
    return text.strip()
