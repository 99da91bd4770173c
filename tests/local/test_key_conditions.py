"""The faster key conditions agree with the emulator's own."""

import itertools

import pytest
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path

from infra.local.key_conditions import KeyConditions, compile_condition

NAMES = {"#s": "sk"}
VALUES = {":p": {"S": "a"}, ":l": {"S": "m1"}, ":h": {"S": "m2"}, ":n": {"N": "1"}}
ITEMS = [
    {"pk": {"S": pk}, "sk": {"S": sk}}
    for pk, sk in itertools.product("ab", ("", "l", "m", "m1", "m10", "m2", "m3", "я"))
]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("pk = :p", {"", "l", "m", "m1", "m10", "m2", "m3", "я"}),
        ("pk = :p AND sk = :l", {"m1"}),
        ("pk=:p and #s < :l", {"", "l", "m"}),
        ("#s <= :l AND pk = :p", {"", "l", "m", "m1"}),
        ("(pk = :p AND (sk > :l))", {"m10", "m2", "m3", "я"}),
        ("(pk = :p) AND (sk > :l)", {"m10", "m2", "m3", "я"}),
        ("pk = :p AND sk >= :l", {"m1", "m10", "m2", "m3", "я"}),
        ("pk = :p AND sk BETWEEN :l AND :h", {"m1", "m10", "m2"}),
        ("pk = :p AND begins_with(#s, :l)", {"m1", "m10"}),
        ("begins_with ( sk , :l ) AND pk = :p", {"m1", "m10"}),
    ],
)
def test_the_usual_conditions(condition: str, expected: set[str]) -> None:
    predicate = compile_condition(condition, VALUES, NAMES)

    assert predicate is not None
    assert {item["sk"]["S"] for item in ITEMS if predicate(item)} == expected


PK, SK = Path("pk") == "a", Path("sk")


@pytest.mark.parametrize(
    "written",
    [
        PK,
        PK & (SK == "m1"),
        PK & (SK < "m1"),
        PK & (SK <= "m1"),
        PK & (SK > "m1"),
        PK & (SK >= "m1"),
        PK & SK.between("m1", "m2"),
        PK & SK.startswith("m1"),
    ],
    ids=str,
)
def test_what_pynamodb_writes_is_usual(written: Condition) -> None:
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    expression = written.serialize(names, values)

    predicate = compile_condition(
        expression, values, {short: name for name, short in names.items()}
    )

    assert predicate is not None, expression
    assert 0 < sum(map(predicate, ITEMS)) < len(ITEMS)


@pytest.mark.parametrize("condition", ["pk = :n", "size(sk) > :l", "pk = :absent", "pk <> :p"])
def test_everything_else_is_left_to_the_emulator(condition: str) -> None:
    assert compile_condition(condition, VALUES, NAMES) is None


def test_the_first_item_of_each_query_and_all_other_slots_go_the_long_way() -> None:
    asked: list[tuple[str, str]] = []

    def emulator(expression: str, *_: object) -> bool:
        asked.append((expression, str(_[-1])))
        return True

    conditions = KeyConditions(emulator)
    for item in ITEMS[:3]:
        conditions("pk = :p", item, VALUES, NAMES, slot="KeyConditionExpression")
        conditions("pk = :p", item, VALUES, NAMES)
    conditions("pk = :p", ITEMS[0], dict(VALUES), NAMES, slot="KeyConditionExpression")

    slots = [slot for _, slot in asked]
    assert slots.count("KeyConditionExpression") == 2
    assert slots.count("ConditionExpression") == 3
