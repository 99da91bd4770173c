"""The GeoIP database: fetched from MaxMind with the company's own key, or taken from a file, and
packed as a Lambda layer together with the list of its places.
"""

import gzip
import hashlib
import io
import tarfile
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from geoip2.database import Reader
from geoip2.errors import AddressNotFoundError
from maxminddb import InvalidDatabaseError

from infra import places
from infra.deploy.problem import Problem
from infra.deploy.talk import say

MAXMIND = "https://download.maxmind.com/app/geoip_download"
EDITION = "GeoLite2-City"
_MEMBER = "GeoLite2-City.mmdb"  # what GEOIP_PATH names below /opt
_EPOCH = (1980, 1, 1, 0, 0, 0)
_OLD_DAYS = 60
_TIMEOUT = 60


def run(key: str, file: str, packed: Path, source: str = MAXMIND) -> None:
    """Writes the layer; a file goes before a key.

    Raises Problem when there is no database or it is not one.
    """
    if not key and not file:
        raise Problem(
            "Say where the database comes from: KEY=<MaxMind licence key> or FILE=<path>."
        )
    database = _database(_read(Path(file)) if file else _fetched(key, source))
    say(_described(database))
    packed.parent.mkdir(parents=True, exist_ok=True)
    part = packed.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, content in ((_MEMBER, database), (places.FILE, _places(database))):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)
    part.replace(packed)
    say(f"Packed for Lambda ({packed.stat().st_size / 1e6:.0f} MB). `make deploy` publishes it.")


def _fetched(key: str, source: str) -> bytes:
    """The archive, as its published checksum says it must be."""
    archive = _get(key, source, "tar.gz")
    wanted = _get(key, source, "tar.gz.sha256").decode(errors="replace").split()
    if not wanted or hashlib.sha256(archive).hexdigest() != wanted[0]:
        raise Problem("The download is not what MaxMind's checksum says. Repeat.")
    return archive


def _get(key: str, source: str, suffix: str) -> bytes:
    query = urllib.parse.urlencode({"edition_id": EDITION, "license_key": key, "suffix": suffix})
    try:
        with urllib.request.urlopen(f"{source}?{query}", timeout=_TIMEOUT) as answer:  # noqa: S310  # our own URL
            content: bytes = answer.read()
            return content
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in {401, 403}:
            raise Problem("MaxMind does not accept this licence key.") from error
        if error.code == 429:
            raise Problem("MaxMind allows no more downloads with this key today.") from error
        raise Problem(f"MaxMind answered {error.code}. Repeat later, or use FILE=.") from error
    except OSError as error:
        # Without the URL: the key stands in it.
        raise Problem(
            f"MaxMind does not answer: {error}. Check the network, or use FILE=."
        ) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error


def _database(content: bytes) -> bytes:
    """The database itself: as it is, compressed, or within MaxMind's archive."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
            for member in archive:
                inner = archive.extractfile(member) if member.name.endswith(".mmdb") else None
                if inner:
                    return inner.read()
    except tarfile.ReadError:
        return _decompressed(content)
    raise Problem("There is no .mmdb file in this archive.")


def _decompressed(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError) as error:
        raise Problem("The file is broken: it does not decompress.") from error


def _described(database: bytes) -> str:
    """What it is. Raises Problem unless it is a City database that answers."""
    with tempfile.NamedTemporaryFile(suffix=".mmdb") as file:
        file.write(database)
        file.flush()
        try:
            with Reader(file.name) as reader:
                about = reader.metadata()
                if not about.database_type.endswith("City"):
                    raise Problem(f"This is {about.database_type}, not a City database.")
                _answers(reader)
        except (InvalidDatabaseError, ValueError) as error:
            raise Problem("This is not a MaxMind database.") from error
    built = datetime.fromtimestamp(about.build_epoch, UTC)
    age = (datetime.now(UTC) - built).days
    warning = f" It is {age} days old: fetch a newer one." if age > _OLD_DAYS else ""
    return f"{about.database_type} of {built:%Y-%m-%d}, {len(database) / 1e6:.0f} MB.{warning}"


def _places(database: bytes) -> bytes:
    """The places that region rules are chosen from."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / _MEMBER
        file.write_bytes(database)
        return places.write(file).read_bytes()


def _answers(reader: Reader) -> None:
    """An address may be unknown to it; a broken tree is not read at all."""
    with suppress(AddressNotFoundError):
        reader.city("1.1.1.1")
