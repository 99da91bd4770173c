"""The template: what it is made of, and what can be known of it without deploying it."""

import json
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib import wire
from chalicelib.actions import timers
from infra import template as fragments
from infra.package import lint, wheels
from tests.deploy.cloud import Tree


def test_fragments_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("Resources: {Table: {Type: A}}")
    (tmp_path / "b.yaml").write_text("Resources: {Table: {Properties: {X: 1}}, Queue: {Type: B}}")
    monkeypatch.setattr(fragments, "FOLDER", tmp_path)

    merged = fragments.load()

    assert merged == {
        "Resources": {"Table": {"Type": "A", "Properties": {"X": 1}}, "Queue": {"Type": "B"}}
    }


def test_two_fragments_may_not_contradict_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text("Resources: {Table: {Type: A}}")
    (tmp_path / "b.yaml").write_text("Resources: {Table: {Type: B}}")
    monkeypatch.setattr(fragments, "FOLDER", tmp_path)

    with pytest.raises(ValueError, match=r"b\.yaml: Resources: Table: Type is said twice"):
        fragments.load()


def test_the_linter_finds_nothing_before_and_after_the_transform(sam: Tree) -> None:
    lint.lint(sam, lint.transformed(sam))


def test_all_that_we_merge_finds_its_place(sam: Tree) -> None:
    """A name that Chalice does not use would become a resource without a type."""
    assert [name for name, each in sam["Resources"].items() if "Type" not in each] == []


def test_no_stage_is_written_into_the_template(sam: Tree) -> None:
    """Stages differ by parameters: Chalice's own name for one, `dev`, is nowhere."""
    functions = [
        each for each in sam["Resources"].values() if each["Type"] == "AWS::Serverless::Function"
    ]

    assert len(functions) == 9
    assert all(each["Properties"]["Tags"] == {} for each in functions)
    assert "dev" not in sam["Resources"]["WebsocketAPI"]["Properties"]["Name"]["Fn::Sub"]


@pytest.mark.skipif(
    sys.version_info[:2] != wheels.RUNTIME,
    reason="Chalice names the Python it runs on; `make package` refuses another than Lambda's",
)
def test_functions_run_on_the_python_that_packages_them(sam: Tree) -> None:
    runtime = "python" + ".".join(map(str, wheels.RUNTIME))

    assert {runtime} == {
        each["Properties"]["Runtime"]
        for each in sam["Resources"].values()
        if each["Type"] == "AWS::Serverless::Function"
    }


def test_what_api_gateway_answers_by_itself_has_our_shape(sam: Tree) -> None:
    answers = sam["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]

    for each in answers.values():
        error = json.loads(each["ResponseTemplates"]["application/json"])["error"]
        headers = each["ResponseParameters"]["Headers"]
        assert error["code"] in get_args(wire.ErrorCode)
        assert error["message"]
        assert headers["Access-Control-Allow-Origin"] == "'*'"
    statuses = {name: each.get("StatusCode") for name, each in answers.items()}
    assert statuses["MISSING_AUTHENTICATION_TOKEN"] == 404
    assert statuses["REQUEST_TOO_LARGE"] == 413
    assert statuses["THROTTLED"] == 429
    assert {"DEFAULT_4XX", "DEFAULT_5XX"} <= answers.keys()


@pytest.mark.parametrize(("queue", "function"), [("Deliveries", "Deliver"), ("Timers", "Escalate")])
def test_a_batch_that_is_at_work_stays_hidden(sam: Tree, queue: str, function: str) -> None:
    """SQS must not give a message again while the function may still be at it."""
    visible = sam["Resources"][queue]["Properties"]["VisibilityTimeout"]

    assert visible >= 3 * sam["Resources"][function]["Properties"]["Timeout"]


def test_the_stream_gives_only_what_becomes_an_event_or_may_begin_a_timer(sam: Tree) -> None:
    mapping = sam["Resources"]["FanOut"]["Properties"]["Events"]["FanOutDynamodbEventSource"]
    patterns = [
        json.loads(each["Pattern"]) for each in mapping["Properties"]["FilterCriteria"]["Filters"]
    ]

    assert mapping["Properties"]["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert [_kind(each) for each in patterns] == [
        ("INSERT", "message"),
        ("INSERT", "conversation"),
        ("MODIFY", "conversation"),
        ("MODIFY", "conversation"),
    ]
    prefixes = patterns[-1]["dynamodb"]["NewImage"]["due_pk"]["S"]
    assert prefixes == [{"prefix": f"{each.value}#"} for each in timers.ACTS]


def _kind(pattern: Tree) -> tuple[str, Any]:
    (event,) = pattern["eventName"]
    (kind,) = pattern["dynamodb"]["NewImage"]["kind"]["S"]
    return event, kind
