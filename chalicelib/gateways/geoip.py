"""Where an address is: a GeoLite2/GeoIP2 City database, read through memory mapping."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from chalicelib.config import config
from chalicelib.domain.contact import Place

if TYPE_CHECKING:
    from geoip2.database import Reader
    from geoip2.models import City

UNKNOWN = Place()


def locate(address: str) -> Place:
    """The place of an IPv4 or IPv6 address; an empty one for private, unknown and malformed
    addresses.

    Raises OSError when the database is missing.
    """
    from geoip2.errors import AddressNotFoundError  # cold start: geoip2 pulls in an HTTP client

    try:
        if not ip_address(address).is_global:
            return UNKNOWN
        found = _reader().city(address)
    except (ValueError, AddressNotFoundError):
        return UNKNOWN
    return _place(found)


def built_at() -> datetime:
    """When the database was made. Raises OSError when it is missing."""
    return datetime.fromtimestamp(_reader().metadata().build_epoch, UTC)


@cache
def _reader() -> Reader:
    from geoip2.database import Reader  # cold start, as above

    return Reader(config().geoip_path)


def _place(found: City) -> Place:
    country = found.country.iso_code
    subdivision = found.subdivisions.most_specific.iso_code if found.subdivisions else None
    return Place(
        country=country,
        subdivision=f"{country}-{subdivision}" if country and subdivision else None,
        city=str(found.city.geoname_id) if found.city.geoname_id else None,
        name_ru=_name(found, "ru"),
        name_en=_name(found, "en"),
        time_zone=found.location.time_zone,
    )


def _name(found: City, language: str) -> str:
    """City, region and country, as far as known, in one language (English where that lacks it)."""
    region = found.subdivisions.most_specific if found.subdivisions else None
    parts = [
        names.get(language) or names.get("en")
        for names in (found.city.names, region.names if region else {}, found.country.names)
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))
