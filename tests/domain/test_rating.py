"""What a visitor may say of a conversation, and until when."""

import pytest

from chalicelib.domain.rating import CHANGEABLE, Opinion, Rated, Scale, checked, may_change
from chalicelib.errors import Invalid, RatingOver
from tests.support.people import NOW


@pytest.mark.parametrize(
    ("scale", "scores"), [(Scale.STARS, range(1, 6)), (Scale.NPS, range(11))], ids=["stars", "nps"]
)
def test_each_scale_has_its_scores(scale: Scale, scores: range) -> None:
    for score in range(-1, 12):
        if score in scores:
            assert checked(Opinion(scale=scale, score=score), scale).score == score
        else:
            with pytest.raises(Invalid) as refused:
                checked(Opinion(scale=scale, score=score), scale)
            assert refused.value.field == "score"


def test_the_scale_is_the_one_that_is_asked() -> None:
    with pytest.raises(Invalid) as refused:
        checked(Opinion(scale=Scale.STARS, score=5), Scale.NPS)

    assert refused.value.field == "scale"


def test_a_comment_is_cleaned_and_bounded() -> None:
    told = checked(Opinion(scale=Scale.STARS, score=5, comment="  Спасибо\x00 "), Scale.STARS)
    with pytest.raises(Invalid) as refused:
        checked(Opinion(scale=Scale.STARS, score=5, comment="ж" * 1001), Scale.STARS)

    assert (told.comment, refused.value.field) == ("Спасибо", "comment")


def test_it_may_be_changed_for_a_day() -> None:
    rated = Rated(scale=Scale.STARS, score=5, at=NOW)
    may_change(None, NOW)
    may_change(rated, NOW + CHANGEABLE.resolution)
    may_change(rated, NOW + CHANGEABLE - CHANGEABLE.resolution)

    with pytest.raises(RatingOver):
        may_change(rated, NOW + CHANGEABLE)
