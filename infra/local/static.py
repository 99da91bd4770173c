"""Serves the built front ends and the demo page from memory, compressed and revalidated."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

_COMPRESSED = frozenset({".html", ".js", ".css", ".svg", ".json", ".map", ".txt", ".webmanifest"})
# Vite names these after their content.
_IMMUTABLE = "assets"
_NOSNIFF = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

PANEL_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: http://127.0.0.1:*; "
    "font-src 'self'; connect-src 'self' ws: wss: http://127.0.0.1:*; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'",
    "X-Frame-Options": "DENY",
}
# The widget is embedded by pages of any origin.
WIDGET_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
# As the edge sends them (infra/template/edge.yaml).
PHOTO_HEADERS = {
    **_NOSNIFF,
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True, slots=True)
class _File:
    modified: int
    etag: str
    content_type: str
    plain: bytes
    compressed: bytes | None


def _load(path: Path, modified: int) -> _File:
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind in {"application/javascript", "application/json"}:
        kind += "; charset=utf-8"
    return _File(
        modified=modified,
        etag=f'"{hashlib.sha256(plain).hexdigest()[:20]}"',
        content_type=kind,
        plain=plain,
        compressed=gzip.compress(plain, 6) if path.suffix in _COMPRESSED else None,
    )


class Folder:
    """The files below `root`; a folder's own path gives its `index.html`."""

    def __init__(self, root: Path, headers: Mapping[str, str]) -> None:
        self._root = root.resolve()
        self._headers = {**_NOSNIFF, **headers}
        self._files: dict[Path, _File] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        relative = request.match_info.get("path", "")
        file = self._find(relative or "index.html")
        if file is None:
            return web.Response(status=404, text="Not found. Has it been built?")
        headers = {**self._headers, "ETag": file.etag, "Vary": "Accept-Encoding"}
        immutable = relative.split("/")[0] == _IMMUTABLE
        headers["Cache-Control"] = "max-age=31536000, immutable" if immutable else "no-cache"
        if request.headers.get("If-None-Match") == file.etag:
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = file.content_type
        if file.compressed and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return web.Response(body=file.compressed, headers=headers)
        return web.Response(body=file.plain, headers=headers)

    def _find(self, relative: str) -> _File | None:
        path = (self._root / relative).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            return None
        modified = path.stat().st_mtime_ns
        known = self._files.get(path)
        if known is None or known.modified != modified:
            known = self._files[path] = _load(path, modified)
        return known
