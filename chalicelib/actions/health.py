"""Whether the parts that we depend on answer."""

from chalicelib.errors import Unavailable
from chalicelib.gateways import geoip
from chalicelib.store import organisation


def run() -> dict[str, bool]:
    """Each part by name, and whether it works."""
    return {"database": _database(), "geoip": _geoip()}


def _database() -> bool:
    try:
        organisation.load()
    except Unavailable:
        return False
    return True


def _geoip() -> bool:
    try:
        geoip.locate("1.1.1.1")
    except OSError:
        return False
    return True
