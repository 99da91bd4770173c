"""Places by name."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.domain.branch import Scope
from chalicelib.gateways import places

CITIES = [
    ["524901", "RU-MOW", "Москва", "Moscow"],
    ["520555", "RU-NIZ", "Нижний Новгород", "Nizhniy Novgorod"],
    ["519336", "RU-NGR", "Великий Новгород", "Velikiy Novgorod"],
    ["515012", "RU-ORL", "Орёл", "Oryol"],
    ["2023469", "", "Новгородка", "Novgorodka"],
    ["4303602", "US-ID", "Москва", "Moscow"],
    ["1", "RU-ROS", "Ростов-на-Дону", "Rostov-on-Don"],
    ["2", "XX-GONE", "Нигде", "Nowhere (Old)"],
]
FILE: dict[str, Any] = {
    "countries": [["RU", "", "Россия", "Russia"], ["US", "", "США", "United States"]],
    "subdivisions": [
        ["RU-MOW", "RU", "Москва", "Moscow"],
        ["RU-NIZ", "RU", "Нижегородская область", "Nizhny Novgorod Oblast"],
    ],
    "cities": CITIES,
}


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "places.json"
    file.write_text(json.dumps(FILE))
    monkeypatch.setattr(
        places, "config", lambda: SimpleNamespace(geoip_path=str(tmp_path / "City.mmdb"))
    )
    places._places.cache_clear()
    yield file
    places._places.cache_clear()


def found(text: str, scope: Scope | None = None) -> list[str]:
    return [each.place for each in places.search(text, scope)]


def test_a_name_that_is_the_text_goes_before_one_that_begins_with_it() -> None:
    assert found("москва") == ["RU-MOW", "524901", "4303602"]
    assert found("новгород", Scope.CITY) == ["2023469", "520555", "519336"]


def test_larger_places_go_first_among_equals() -> None:
    assert found("moscow", Scope.CITY) == ["524901", "4303602"]


@pytest.mark.parametrize("text", ["орел", "орёл", "ОРЁЛ", "Oryol", " ory "])
def test_case_and_the_dots_of_a_letter_do_not_matter(text: str) -> None:
    assert found(text) == ["515012"]


@pytest.mark.parametrize(
    ("text", "place"), [("дону", "1"), ("on-don", "1"), ("old", "2"), ("нижний", "520555")]
)
def test_every_word_of_a_name_begins_one(text: str, place: str) -> None:
    assert found(text, Scope.CITY) == [place]


@pytest.mark.parametrize("text", ["осква", "scow", "ния", "\t", "\n", "x" * 500, "[", "%"])
def test_the_middle_of_a_word_begins_nothing(text: str) -> None:
    assert found(text) in ([], found(""))


def test_a_code_begins_like_a_name() -> None:
    assert found("ru-n") == ["RU-NIZ"]
    assert found("us") == ["US"]


def test_without_a_text_the_largest_of_everything_are_shown() -> None:
    assert found("")[:3] == ["RU", "US", "RU-MOW"]
    assert found("", Scope.SUBDIVISION) == ["RU-MOW", "RU-NIZ"]


def test_at_most_twenty_are_shown(path: Path) -> None:
    many = [[str(each), "RU", f"Село {each}", f"Selo {each}"] for each in range(1000)]
    path.write_text(json.dumps(FILE | {"cities": many}))

    assert found("сел") == [str(each) for each in range(places.MOST)]
    assert found("село 999") == ["999"]


def test_a_place_knows_what_it_lies_in() -> None:
    city = places.find(Scope.CITY, "524901")

    assert city is not None
    assert [each.place for each in city.around()] == ["RU-MOW", "RU"]


def test_a_place_in_one_that_is_not_listed_lies_nowhere() -> None:
    for number in ("2", "2023469"):
        city = places.find(Scope.CITY, number)
        assert city is not None
        assert city.within is None


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        (Scope.CITY, "52490"),
        (Scope.CITY, "RU"),
        (Scope.COUNTRY, ""),
        (Scope.COUNTRY, "R"),
        (Scope.COUNTRY, "россия"),
        (Scope.SUBDIVISION, "RU"),
    ],
)
def test_only_a_whole_id_names_a_place(scope: Scope, place: str) -> None:
    assert places.find(scope, place) is None


def test_an_id_may_be_written_in_any_case() -> None:
    found = places.find(Scope.SUBDIVISION, "ru-mow")

    assert found is not None
    assert found.place == "RU-MOW"


def test_without_the_file_nothing_is_found_until_it_is_there(path: Path) -> None:
    path.unlink()
    assert found("москва") == []
    assert places.find(Scope.COUNTRY, "RU") is None

    path.write_text(json.dumps(FILE))

    assert found("москва")[0] == "RU-MOW"
