"""What a visitor says of a conversation that has ended (road map, item 13)."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.message import clean_text
from chalicelib.errors import Invalid, RatingOver

CHANGEABLE = timedelta(hours=24)
MAX_COMMENT = 1000


class Scale(StrEnum):
    """Stars, or how likely they are to recommend the company."""

    STARS = "stars"
    NPS = "nps"


BOUNDS = {Scale.STARS: (1, 5), Scale.NPS: (0, 10)}


class Rated(Struct, frozen=True, kw_only=True):
    """The hot facts of a rating: `at` is when it was first given."""

    scale: Scale
    score: int
    at: datetime

    @property
    def changeable_until(self) -> datetime:
        return self.at + CHANGEABLE


class Rating(Struct, frozen=True, kw_only=True):
    """A rating as it is kept, with the branch and the operator (None: nobody) who had the
    conversation when it was first given. An empty comment says nothing.
    """

    given: Rated
    comment: str
    changed_at: datetime
    branch_id: str
    operator_id: str | None
    operator_name: str | None


class Opinion(Struct, frozen=True, kw_only=True):
    """What a visitor sends; `comment` None leaves the comment as it is."""

    scale: Scale
    score: int
    comment: str | None = None


def checked(opinion: Opinion, asked: Scale) -> Opinion:
    """The opinion in the form in which it is kept, by the scale that is asked. Raises Invalid
    naming the field.
    """
    if opinion.scale is not asked:
        raise Invalid(f"The scale is {asked.value}.", field="scale")
    least, most = BOUNDS[asked]
    if not least <= opinion.score <= most:
        raise Invalid(f"A score is between {least} and {most}.", field="score")
    comment = None if opinion.comment is None else clean_text(opinion.comment)
    if comment and len(comment) > MAX_COMMENT:
        raise Invalid(f"The comment is longer than {MAX_COMMENT} characters.", field="comment")
    return Opinion(scale=asked, score=opinion.score, comment=comment)


def may_change(rated: Rated | None, now: datetime) -> None:
    """A rating is given once, and can be changed for a day. Raises RatingOver."""
    if rated is not None and now >= rated.changeable_until:
        raise RatingOver
