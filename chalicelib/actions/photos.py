"""Small pictures that visitors see of operators and inboxes: kept in their bucket under names of
chance, never changed, gone when they are taken away.
"""

from chalicelib.config import config
from chalicelib.domain import photo
from chalicelib.gateways import files

PATH = "/photos/"
"""Where photos are on the domain, and in their bucket."""


def keep(image: bytes, name: str) -> str:
    """The path under which it is shown, which nobody else's has. Raises Invalid, Unavailable."""
    kind = photo.kind_of(image)
    path = f"{PATH}{name}.{kind.value}"
    files.put(config().photos_bucket, path.removeprefix("/"), image, kind.content_type)
    return path


def drop(former: str | None, path: str | None = None) -> None:
    """Takes away the one that was shown before the one at `path`. Raises Unavailable."""
    if former and former != path:
        files.remove(config().photos_bucket, former.removeprefix("/"))
