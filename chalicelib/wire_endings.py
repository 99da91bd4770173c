"""The shapes of what visitors leave: an offline request, who they are, an end, a rating; and of
what operators read of it.
"""

from typing import Annotated

from msgspec import Meta

from chalicelib.wire import (
    Answer,
    Body,
    ClientId,
    HistoryEntry,
    Id,
    Offline,
    RatingScale,
    Request,
)
from chalicelib.wire_guard import Captcha


class OfflineAnswer(Answer):
    """`offline` as in `Bootstrap`."""

    offline: Offline | None


class OfflineRequest(Request):
    """An e-mail address or a phone number is needed; the number with its country's code, which a
    Russian one may lack. `captcha` as in `SendRequest`.
    """

    client_id: ClientId
    name: Annotated[str, Meta(max_length=200)]
    body: Body
    email: Annotated[str, Meta(max_length=300)] = ""
    phone: Annotated[str, Meta(max_length=50)] = ""
    captcha: Captcha | None = None


class IdentifyRequest(Request):
    """Who the page around the widget says the visitor is: at least one of these. Nobody has proved
    it. The number as in `OfflineRequest`.
    """

    name: Annotated[str, Meta(max_length=200)] = ""
    email: Annotated[str, Meta(max_length=300)] = ""
    phone: Annotated[str, Meta(max_length=50)] = ""


class EndRequest(Request):
    conversation_id: Id


class RateRequest(Request):
    """`scale` is what the visitor was shown; without a `comment` a former one stays."""

    conversation_id: Id
    scale: RatingScale
    score: Annotated[int, Meta(ge=0, le=10)]
    comment: Annotated[str, Meta(max_length=2000)] | None = None


class ContactDetails(Answer):
    """How the visitor said they are called and reached; the phone as `+79123456789`."""

    id: str
    name: str | None
    email: str | None
    phone: str | None


class Details(Answer):
    """`history` as in `Opened`."""

    contact: ContactDetails
    history: list[HistoryEntry]
