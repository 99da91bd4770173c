"""The list of a database's places, without asking it for every network."""

import json
from pathlib import Path
from typing import Any

import pytest
from maxminddb import open_database
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from infra import places

RUSSIA = {"iso_code": "RU", "names": {"ru": "Россия", "en": "Russia", "de": "Russland"}}
URALS = {"iso_code": "URF", "names": {"ru": "Урал", "en": "Urals"}}
SVERDLOVSK = {"iso_code": "SVE", "names": {"ru": "Свердловская область", "en": "Sverdlovsk Oblast"}}
LOCATION = {"latitude": 56.8, "longitude": 60.6, "time_zone": "Asia/Yekaterinburg"}


def city(number: int, ru: str, en: str) -> dict[str, Any]:
    names = {language: name for language, name in (("ru", ru), ("en", en)) if name}
    return {"geoname_id": number, "names": names}


def listed(folder: Path, *records: dict[str, Any]) -> dict[str, list[places.Row]]:
    writer = MMDBWriter(6, "GeoLite2-City", ipv4_compatible=True)
    for index, record in enumerate(records):
        writer.insert_network(IPSet([f"203.0.{index}.0/24"]), record)
    path = folder / "City.mmdb"
    writer.to_db_file(str(path))
    return places.listed(path)


def test_each_place_is_listed_once_with_what_it_lies_in(tmp_path: Path) -> None:
    record = {
        "city": city(1486209, "Екатеринбург", "Yekaterinburg"),
        "country": RUSSIA,
        "location": LOCATION,
        "is_anycast": True,
        "subdivisions": [URALS, SVERDLOVSK],
    }

    found = listed(
        tmp_path,
        record,
        record | {"location": LOCATION | {"latitude": -56.9}},
        {"country": RUSSIA},
        {"location": LOCATION},
    )

    assert found == {
        "countries": [("RU", "", "Россия", "Russia")],
        "subdivisions": [("RU-SVE", "RU", "Свердловская область", "Sverdlovsk Oblast")],
        "cities": [("1486209", "RU-SVE", "Екатеринбург", "Yekaterinburg")],
    }


def test_what_the_database_has_most_of_stands_first(tmp_path: Path) -> None:
    small, large = city(1, "Малый", "Small"), city(2, "Большой", "Large")
    records = [{"city": small, "country": RUSSIA}] + [
        {"city": large, "country": RUSSIA, "location": LOCATION | {"latitude": float(each)}}
        for each in range(3)
    ]

    assert [row[2] for row in listed(tmp_path, *records)["cities"]] == ["Большой", "Малый"]


def test_a_name_that_is_missing_in_one_language_is_that_of_the_other(tmp_path: Path) -> None:
    records = [
        {"city": city(number, ru, en), "country": RUSSIA}
        for number, ru, en in ((1, "", "Only"), (2, "Только", ""), (3, "", ""))
    ]

    found = {row[0]: row[2:] for row in listed(tmp_path, *records)["cities"]}

    assert found == {"1": ("Only", "Only"), "2": ("Только", "Только")}


@pytest.mark.parametrize("size", [24, 28, 32])
def test_trees_of_every_width_are_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "City.mmdb"
    writer = MMDBWriter(6, "GeoLite2-City", ipv4_compatible=True)
    for index in range(64):
        place = {"city": city(index, f"Город {index}", f"City {index}"), "country": RUSSIA}
        writer.insert_network(IPSet([f"203.0.{index}.0/24"]), place)
    widened(writer, path, size)

    found = places.listed(path)

    assert {row[0] for row in found["cities"]} == {str(index) for index in range(64)}


def widened(writer: MMDBWriter, path: Path, size: int) -> None:
    """The same database with records of another size."""
    writer.to_db_file(str(path))
    content = path.read_bytes()
    with open_database(path) as reader:
        about = reader.metadata()
    step = about.record_size // 4
    tree, rest = content[: about.node_count * step], content[about.node_count * step :]
    nodes = [_halves(tree[at : at + step], about.record_size) for at in range(0, len(tree), step)]
    again = b"".join(_node(left, right, size) for left, right in nodes)
    key = b"record_size"
    at = rest.rindex(key) + len(key)
    assert rest[at] == 0xA1, "a number of one byte"
    path.write_bytes(again + rest[: at + 1] + bytes([size]) + rest[at + 2 :])
    with open_database(path) as reader:
        assert reader.metadata().record_size == size
        assert reader.get("203.0.63.1") is not None


def _halves(node: bytes, size: int) -> tuple[int, int]:
    if size == 28:
        return (node[3] >> 4) << 24 | int.from_bytes(node[:3], "big"), (
            node[3] & 15
        ) << 24 | int.from_bytes(node[4:], "big")
    half = size // 8
    return int.from_bytes(node[:half], "big"), int.from_bytes(node[half:], "big")


def _node(left: int, right: int, size: int) -> bytes:
    if size == 28:
        middle = (left >> 24) << 4 | right >> 24
        low = (left & 0xFFFFFF).to_bytes(3, "big"), (right & 0xFFFFFF).to_bytes(3, "big")
        return low[0] + bytes([middle]) + low[1]
    return left.to_bytes(size // 8, "big") + right.to_bytes(size // 8, "big")


def test_the_file_stands_beside_the_database(tmp_path: Path) -> None:
    listed(tmp_path, {"country": RUSSIA})

    made = places.write(tmp_path / "City.mmdb")

    assert made == tmp_path / "places.json"
    assert json.loads(made.read_text())["countries"] == [["RU", "", "Россия", "Russia"]]
    assert [each.name for each in sorted(tmp_path.iterdir())] == ["City.mmdb", "places.json"]
