"""What is taken for a photo: by its content, never by what somebody says it is."""

from collections.abc import Callable

import pytest

from chalicelib.domain.photo import LONGEST_SIDE, MOST_BYTES, Kind, kind_of
from chalicelib.errors import Invalid
from tests.support.pictures import jpeg, png, webp

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = b"GIF89a\x40\0\x40\0\0\0\0;"


def refusal(image: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        kind_of(image)
    assert refused.value.field == "image"
    return str(refused.value)


@pytest.mark.parametrize(
    ("image", "kind", "content_type"),
    [
        (jpeg(), Kind.JPEG, "image/jpeg"),
        (png(), Kind.PNG, "image/png"),
        (webp(kind=b"VP8 "), Kind.WEBP, "image/webp"),
        (webp(kind=b"VP8L"), Kind.WEBP, "image/webp"),
        (webp(kind=b"VP8X"), Kind.WEBP, "image/webp"),
    ],
    ids=["jpeg", "png", "lossy webp", "lossless webp", "extended webp"],
)
def test_three_kinds_of_pictures_are_photos(image: bytes, kind: Kind, content_type: str) -> None:
    assert kind_of(image) is kind
    assert kind.content_type == content_type


@pytest.mark.parametrize(
    "image",
    [b"", b"\xff", SVG, HTML, GIF, b"BM" + b"\0" * 60, b"%PDF-1.7\n%%EOF", b"RIFF\0\0\0\0WEBP"],
    ids=["empty", "a byte", "svg", "html", "gif", "bmp", "pdf", "a webp of another length"],
)
def test_nothing_else_is_one(image: bytes) -> None:
    assert "JPEG, PNG or WebP" in refusal(image)


@pytest.mark.parametrize("image", [jpeg(), png(), webp()], ids=["jpeg", "png", "webp"])
def test_a_picture_with_something_behind_or_before_it_is_none(image: bytes) -> None:
    for polyglot in (image + HTML, HTML + image, image + b"PK\x05\x06" + b"\0" * 18):
        assert "JPEG, PNG or WebP" in refusal(polyglot)


@pytest.mark.parametrize("image", [jpeg(), png(), webp()], ids=["jpeg", "png", "webp"])
def test_a_picture_that_breaks_off_is_refused(image: bytes) -> None:
    for length in range(len(image)):
        refusal(image[:length])


@pytest.mark.parametrize(
    "image",
    [
        b"\xff\xd8\xff\xe0\0\0\xff\xd9",
        b"\xff\xd8\xff\xe0\0\x02<script>\xff\xd9",
        webp(kind=b"VP9 "),
    ],
    ids=["a segment of no length", "no segment", "an unknown kind of webp"],
)
def test_a_damaged_picture_is_refused(image: bytes) -> None:
    assert "damaged" in refusal(image)


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_photo_is_square_and_small(make: Callable[[int, int], bytes]) -> None:
    longest = make(LONGEST_SIDE, LONGEST_SIDE)

    assert kind_of(longest)
    for sides in ((64, 65), (0, 0), (LONGEST_SIDE + 1, LONGEST_SIDE + 1)):
        assert "as wide as high" in refusal(make(*sides))


def test_a_photo_has_a_largest_size() -> None:
    heaviest = jpeg(comment=b"x" * (MOST_BYTES - len(jpeg())))

    assert kind_of(heaviest) is Kind.JPEG
    assert "at most" in refusal(jpeg(comment=b"x" * (MOST_BYTES - len(jpeg()) + 1)))
