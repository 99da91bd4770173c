"""Our dataclasses behave as the standard library's."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib import frozen


def both() -> list[type]:
    return [_point(frozen.dataclass), _point(dataclasses.dataclass)]


def _point(dataclass: Callable[..., Any]) -> type:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Point:
        x: int
        y: int = 0
        note: str = dataclasses.field(default="", compare=False)

    return Point


def test_they_look_the_same() -> None:
    ours, theirs = (point(x=1, note="here") for point in both())
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)


@pytest.mark.parametrize("point", both())
def test_equal_values_are_equal_and_hash_alike(point: type) -> None:
    assert point(x=1, note="a") == point(x=1, note="b")
    assert hash(point(x=1, note="a")) == hash(point(x=1, note="b"))
    assert point(x=1) != point(x=2)
    assert point(x=1) != (1, 0)
    assert _point(frozen.dataclass)(x=1) != point(x=1)


@pytest.mark.parametrize("point", both())
def test_they_are_frozen_and_replaced(point: type) -> None:
    first = point(x=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del first.x
    assert dataclasses.replace(first, y=5) == point(x=1, y=5)
    assert not hasattr(first, "__dict__")


def test_ordered_ones_are_ordered() -> None:
    @frozen.dataclass(frozen=True, slots=True, kw_only=True, order=True)
    class Place:
        since: int

    assert sorted([Place(since=2), Place(since=1)]) == [Place(since=1), Place(since=2)]
