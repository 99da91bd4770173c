"""Finds the route of a path, as API Gateway does: a literal segment wins over a parameter."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

_PARAMETER = re.compile(r"\{(\w+)\}")


class Match(NamedTuple):
    route: str
    parameters: dict[str, str]


class Router:
    """The app's routes; looking one up costs a dictionary access for a route without parameters."""

    def __init__(self, routes: Iterable[str]) -> None:
        ordered = sorted(routes, key=lambda route: _PARAMETER.sub("\x7f", route))
        self._literal = {route: Match(route, {}) for route in ordered if "{" not in route}
        self._patterns = [(route, _compile(route)) for route in ordered if "{" in route]

    def match(self, raw_path: str) -> Match | None:
        path = raw_path.rstrip("/") or "/"
        found = self._literal.get(path)
        if found:
            return found
        for route, pattern in self._patterns:
            match = pattern.fullmatch(path)
            if match:
                return Match(route, {name: unquote(v) for name, v in match.groupdict().items()})
        return None


def _compile(route: str) -> re.Pattern[str]:
    pieces = _PARAMETER.split(route)
    names = pieces[1::2]
    literals = [re.escape(piece) for piece in pieces[::2]]
    text = literals[0]
    for name, literal in zip(names, literals[1:], strict=True):
        text += f"(?P<{name}>[^/]+){literal}"
    return re.compile(text)
