"""Evaluates a query's key condition once instead of parsing it again for each item.

The emulator's query slows down with the partition; this is most of the reason.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Item = Mapping[str, Mapping[str, Any]]
Predicate = Callable[[Item], bool]
Evaluate = Callable[..., bool]

_NAME = r"(?P<name>#?\w+)"
_CLAUSES: tuple[tuple[re.Pattern[str], Callable[[str, str, str], bool]], ...] = (
    (re.compile(rf"{_NAME}\s*=\s*(?P<low>:\w+)"), lambda value, low, _: value == low),
    (re.compile(rf"{_NAME}\s*<\s*(?P<low>:\w+)"), lambda value, low, _: value < low),
    (re.compile(rf"{_NAME}\s*<=\s*(?P<low>:\w+)"), lambda value, low, _: value <= low),
    (re.compile(rf"{_NAME}\s*>\s*(?P<low>:\w+)"), lambda value, low, _: value > low),
    (re.compile(rf"{_NAME}\s*>=\s*(?P<low>:\w+)"), lambda value, low, _: value >= low),
    (
        re.compile(rf"{_NAME}\s+BETWEEN\s+(?P<low>:\w+)\s+AND\s+(?P<high>:\w+)", re.IGNORECASE),
        lambda value, low, high: low <= value <= high,
    ),
    (
        re.compile(rf"begins_with\s*\(\s*{_NAME}\s*,\s*(?P<low>:\w+)\s*\)"),
        lambda value, low, _: value.startswith(low),
    ),
)
_AND = re.compile(r"\s+AND\s+(?!:)", re.IGNORECASE)


def compile_condition(expression: str, values: Item, names: Mapping[str, str]) -> Predicate | None:
    """A predicate for the usual conditions on strings; None where only the emulator knows."""
    clauses = [_compile_clause(part, values, names) for part in _AND.split(_bare(expression))]
    known = [clause for clause in clauses if clause is not None]
    if len(known) < len(clauses):
        return None
    return lambda item: all(clause(item) for clause in known)


def _compile_clause(clause: str, values: Item, names: Mapping[str, str]) -> Predicate | None:
    text = _bare(clause)
    for pattern, holds in _CLAUSES:
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            name = names.get(parts["name"], parts["name"])
            low = values.get(parts["low"], {}).get("S")
            high = values.get(parts.get("high") or parts["low"], {}).get("S")
            if low is None or high is None:
                return None
            return lambda item: name in item and holds(item[name]["S"], low, high)
    return None


def _bare(text: str) -> str:
    """Without the parentheses around all of it, in which pynamodb writes a condition."""
    text = text.strip()
    while text.startswith("(") and _closing(text) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def _closing(text: str) -> int:
    """Where the parenthesis closes with which a text begins; -1 if it does not."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place
    return -1


class KeyConditions:
    """Stands in for the emulator's `_evaluate_condition`; remembers the query under way."""

    def __init__(self, evaluate: Evaluate) -> None:
        self._evaluate = evaluate
        self._query: tuple[str, Item, Mapping[str, str]] = ("", {}, {})
        self._predicate: Predicate | None = None

    def __call__(
        self,
        expression: str,
        item: Item,
        values: Item,
        names: Mapping[str, str],
        slot: str = "ConditionExpression",
    ) -> bool:
        if slot != "KeyConditionExpression":
            return self._evaluate(expression, item, values, names, slot)
        text, of_values, of_names = self._query
        if text == expression and of_values is values and of_names is names:
            if self._predicate is not None:
                return self._predicate(item)
        else:
            # The first item goes the long way, where a faulty expression is refused.
            self._query = (expression, values, names)
            self._predicate = compile_condition(expression, values, names)
        return self._evaluate(expression, item, values, names, slot)
