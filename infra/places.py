"""The places that a City database knows, as a file beside it from which region rules are chosen:
`python -m infra.places DATABASE`.

Asking the database for every network takes most of a minute. So its search tree is read for the
records it leads to, each record once, and of each only where its city, country and subdivisions
stand. (The format: https://maxmind.github.io/MaxMind-DB/)
"""

import argparse
import json
import struct
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maxminddb import open_database

FILE = "places.json"
_SEPARATOR = 16
_TREE_FORMATS = {24: ">BHBH", 28: ">BHBHB", 32: ">II"}
_POINTER, _STRING, _MAP, _ARRAY, _BOOLEAN = 1, 2, 7, 11, 14
_NUMBERS = {5, 6, 9, 10}
_POINTER_BASES = (0, 2048, 526336, 0)
_SKIPPED_WHOLE = {_POINTER, _BOOLEAN}
_PARTS = ("city", "country", "subdivisions")
_WANTED = {"iso_code", "geoname_id", "names", "ru", "en"}
"""Of the parts; the rest is skipped, as are names in other languages."""

Row = tuple[str, str, str, str]
"""Its id, the id of what it lies in, its names in Russian and English."""


def write(database: Path) -> Path:
    """Makes the file of a database; the path of what was made."""
    made = database.with_name(FILE)
    part = made.with_suffix(".part")
    part.write_text(json.dumps(listed(database), ensure_ascii=False, separators=(",", ":")))
    part.replace(made)
    return made


def listed(database: Path) -> dict[str, list[Row]]:
    """The countries, subdivisions and cities of a database; what it has most records of first.

    Raises maxminddb.InvalidDatabaseError.
    """
    with open_database(database) as reader:
        about = reader.metadata()
    content = database.read_bytes()
    tree = about.node_count * about.record_size // 4
    data = _Data(content, tree + _SEPARATOR)
    found: dict[str, Counter[Row]] = {"countries": Counter(), "subdivisions": Counter()}
    found["cities"] = Counter()
    leaves = _leaves(memoryview(content)[:tree], about.record_size, about.node_count)
    parts = Counter(data.parts(leaf - about.node_count + tree) for leaf in leaves)
    for (city, country, subdivisions), count in parts.items():
        _count(found, data, city, country, subdivisions, count)
    return {scope: _unique(counted) for scope, counted in found.items()}


def _leaves(tree: memoryview, record_size: int, nodes: int) -> set[int]:
    """Where the tree's branches end: what is larger than the number of nodes leads to data."""
    halves = struct.iter_unpack(_TREE_FORMATS[record_size], tree)
    found: set[int] = set()
    add = found.add
    if record_size == 28:
        for high, low, middle, upper, lower in halves:
            left = (middle >> 4) << 24 | high << 16 | low
            if left > nodes:
                add(left)
            right = (middle & 15) << 24 | upper << 8 | lower
            if right > nodes:
                add(right)
    elif record_size == 24:
        for high, low, upper, lower in halves:
            found.update(each for each in (high << 16 | low, upper << 16 | lower) if each > nodes)
    else:
        for pair in halves:
            found.update(each for each in pair if each > nodes)
    return found


def _count(
    found: dict[str, Counter[Row]],
    data: "_Data",
    city: int,
    country: int,
    subdivisions: int,
    count: int,
) -> None:
    about_country = data.value(country)
    code = about_country.get("iso_code")
    if not code:
        return
    found["countries"][code, "", *_names(about_country)] += count
    within = code
    about_subdivisions = data.value(subdivisions)
    if about_subdivisions and "iso_code" in about_subdivisions[-1]:
        # The most specific one, as gateways/geoip has it.
        about = about_subdivisions[-1]
        within = f"{code}-{about['iso_code']}"
        found["subdivisions"][within, code, *_names(about)] += count
    about_city = data.value(city)
    if "geoname_id" in about_city:
        found["cities"][str(about_city["geoname_id"]), within, *_names(about_city)] += count


def _names(about: dict[str, Any]) -> tuple[str, str]:
    names = about.get("names", {})
    english = names.get("en") or names.get("ru") or ""
    return names.get("ru") or english, english


def _unique(counted: Counter[Row]) -> list[Row]:
    """Each id once, as it is most often."""
    rows: dict[str, Row] = {}
    for row, _ in counted.most_common():
        if row[2]:
            rows.setdefault(row[0], row)
    return list(rows.values())


@dataclass(slots=True)
class _Data:
    """The data section of a database, which begins at `base`."""

    content: bytes
    base: int
    known: dict[int, Any] = field(default_factory=dict)

    def parts(self, at: int) -> tuple[int, int, int]:
        """Where a record's city, country and subdivisions stand; 0 for what it lacks."""
        _, size, at = self._head(at)
        found = dict.fromkeys(_PARTS, 0)
        for _ in range(size):
            key, at = self._key(at)
            if key in found:
                kind, target, after = self._head(at)
                found[key] = target if kind == _POINTER else at
                at = after if kind == _POINTER else self._skip(at)
            else:
                at = self._skip(at)
        return found["city"], found["country"], found["subdivisions"]

    def value(self, at: int) -> Any:
        """What stands there, decoded once; an empty map for 0."""
        if at == 0:
            return {}
        if at not in self.known:
            self.known[at] = self._decode(at)[0]
        return self.known[at]

    def _decode(self, at: int) -> tuple[Any, int]:
        kind, size, after = self._head(at)
        if kind == _POINTER:
            return self.value(size), after
        if kind == _MAP:
            return self._map(size, after)
        if kind == _ARRAY:
            items = []
            for _ in range(size):
                item, after = self._decode(after)
                items.append(item)
            return items, after
        raw = self.content[after : after + size]
        if kind == _STRING:
            return raw.decode(), after + size
        if kind in _NUMBERS:
            return int.from_bytes(raw, "big"), after + size
        return None, self._skip(at)

    def _map(self, size: int, at: int) -> tuple[dict[str, Any], int]:
        found = {}
        for _ in range(size):
            key, at = self._key(at)
            if key in _WANTED:
                found[key], at = self._decode(at)
            else:
                at = self._skip(at)
        return found, at

    def _key(self, at: int) -> tuple[str, int]:
        kind, size, after = self._head(at)
        if kind == _POINTER:
            return self.value(size), after
        return self.content[after : after + size].decode(), after + size

    def _skip(self, at: int) -> int:
        """Where the next value stands."""
        kind, size, at = self._head(at)
        if kind in _SKIPPED_WHOLE:
            return at
        if kind in (_MAP, _ARRAY):
            for _ in range(size * 2 if kind == _MAP else size):
                at = self._skip(at)
            return at
        return at + size

    def _head(self, at: int) -> tuple[int, int, int]:
        """The type of what stands there, its size (a pointer's target), and where it goes on."""
        content = self.content
        control = content[at]
        kind = control >> 5
        at += 1
        if kind == _POINTER:
            length = (control >> 3 & 3) + 1
            value = int.from_bytes(content[at : at + length], "big")
            if length < 4:
                value |= (control & 7) << 8 * length
            return kind, self.base + value + _POINTER_BASES[length - 1], at + length
        if kind == 0:
            kind = 7 + content[at]
            at += 1
        size = control & 31
        if size > 28:
            length = size - 28
            size = int.from_bytes(content[at : at + length], "big") + (29, 285, 65821)[length - 1]
            at += length
        return kind, size, at


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    write(parser.parse_args().database)
