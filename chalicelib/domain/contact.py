"""The stored person behind a visitor, and where their address is."""

from datetime import datetime
from typing import Literal

from chalicelib.frozen import dataclass

Language = Literal["ru", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What GeoIP found: ISO codes (`RU`, `RU-SVE`), the city's GeoNames id, names by language; None
    = unknown.
    """

    country: str | None = None
    subdivision: str | None = None
    city: str | None = None
    name_ru: str = ""
    name_en: str = ""
    time_zone: str | None = None

    @property
    def region(self) -> str | None:
        return self.subdivision or self.country


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`conversation_id` is the conversation that the contact's next message belongs to, if any;
    `language` is what their widget speaks.
    """

    id: str
    inbox_id: str
    name: str | None
    place: Place
    conversation_id: str | None
    created_at: datetime
    language: Language = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The bearer of a visitor token: one contact in one inbox."""

    contact_id: str
    inbox_id: str
