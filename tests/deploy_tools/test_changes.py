"""A change set as the person reads it."""

import pytest

from infra.deploy.changes import refuse_loss, table
from infra.deploy.problem import Problem


def _change(action: str, kind: str, name: str, replacement: str = "") -> dict[str, str]:
    change = {"Action": action, "ResourceType": kind, "LogicalResourceId": name}
    return change | ({"Replacement": replacement} if replacement else {})


def test_what_is_replaced_stands_first() -> None:
    changes = [
        _change("Modify", "AWS::Lambda::Function", "Tick", "False"),
        _change("Add", "AWS::SQS::Queue", "Deliveries"),
        _change("Modify", "AWS::ApiGateway::Deployment", "Api", "Conditional"),
        _change("Modify", "AWS::Lambda::LayerVersion", "GeoIp", "True"),
    ]

    assert table(changes).splitlines() == [
        "Action  Replacement  Type                         Resource",
        "Modify  yes          AWS::Lambda::LayerVersion    GeoIp",
        "Modify  maybe        AWS::ApiGateway::Deployment  Api",
        "Add     -            AWS::SQS::Queue              Deliveries",
        "Modify  no           AWS::Lambda::Function        Tick",
    ]


@pytest.mark.parametrize(("action", "replacement"), [("Remove", ""), ("Modify", "True")])
def test_the_table_is_never_taken_from_the_stack(action: str, replacement: str) -> None:
    with pytest.raises(Problem, match="Table"):
        refuse_loss([_change(action, "AWS::DynamoDB::Table", "Table", replacement)])


def test_the_table_may_change_in_place() -> None:
    refuse_loss([_change("Modify", "AWS::DynamoDB::Table", "Table", "Conditional")])
    refuse_loss([_change("Modify", "AWS::Lambda::Function", "Tick", "True")])
