"""A GeoIP database of a few networks, made like GeoLite2-City."""

from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet  # type: ignore[import-untyped]  # it has no stubs

from infra import places
from tests.support.environment import GEOIP

YEKATERINBURG = "95.167.0.1"
MOSCOW = "31.173.80.1"
MOSCOW_V6 = "2a02:6b8::1"
BERLIN = "91.64.0.1"
NOWHERE = "8.8.8.8"


def write() -> None:
    writer = MMDBWriter(6, "GeoLite2-City", languages=["ru", "en"], ipv4_compatible=True)
    for networks, record in _PLACES:
        writer.insert_network(IPSet(networks), record)
    writer.to_db_file(str(GEOIP))
    places.write(GEOIP)


def _place(
    country: tuple[str, str, str],
    subdivision: tuple[str, str, str] | None = None,
    city: tuple[int, str, str] | None = None,
    time_zone: str | None = None,
) -> dict[str, Any]:
    code, *names = country
    record: dict[str, Any] = {"country": {"iso_code": code, "names": _names(*names)}}
    if subdivision:
        code, *names = subdivision
        record["subdivisions"] = [{"iso_code": code, "names": _names(*names)}]
    if city:
        number, *names = city
        record["city"] = {"geoname_id": number, "names": _names(*names)}
    if time_zone:
        record["location"] = {"time_zone": time_zone}
    return record


def _names(ru: str, en: str) -> dict[str, str]:
    return {language: name for language, name in (("ru", ru), ("en", en)) if name}


_RUSSIA = ("RU", "Россия", "Russia")
_CITY_OF_MOSCOW = _place(
    _RUSSIA,
    ("MOW", "Москва", "Moscow"),
    (524901, "Москва", "Moscow"),
    "Europe/Moscow",
)
_PLACES = (
    (
        ["95.167.0.0/16"],
        _place(
            _RUSSIA,
            ("SVE", "Свердловская область", "Sverdlovsk Oblast"),
            (1486209, "Екатеринбург", "Yekaterinburg"),
            "Asia/Yekaterinburg",
        ),
    ),
    (["31.173.80.0/24", "2a02:6b8::/32"], _CITY_OF_MOSCOW),
    (["91.64.0.0/16"], _place(("DE", "", "Germany"), time_zone="Europe/Berlin")),
)
