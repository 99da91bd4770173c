"""`make deploy`, `make rollback` and `make destroy`, on an account of our own."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.deploy.__main__ import main
from tests.deploy_tools.conftest import Cloud


def _secret(cloud: Cloud, name: str) -> str:
    found = boto3.client("ssm").get_parameter(
        Name=f"/messenger/{cloud.stage}/{name}", WithDecryption=True
    )
    assert found["Parameter"]["Type"] == "SecureString"
    return str(found["Parameter"]["Value"])


def _running_code(cloud: Cloud) -> str:
    """The S3 key of the code that the functions have, by its hash."""
    stack = boto3.client("cloudformation").describe_stack_resource(
        StackName=cloud.stack, LogicalResourceId="APIHandler"
    )
    name = stack["StackResourceDetail"]["PhysicalResourceId"]
    about = boto3.client("lambda").get_function_configuration(FunctionName=name)
    return str(about["CodeSha256"])


def _distribution(cloud: Cloud) -> Any:
    found = boto3.client("cloudfront").get_distribution(Id=cloud.outputs()["DistributionId"])
    return found["Distribution"]["DistributionConfig"]


def test_a_first_deployment_shows_what_it_creates_and_says_where_everything_is(
    cloud: Cloud,
) -> None:
    said = cloud.deploy()

    url = cloud.outputs()["Url"]
    assert "Action  Replacement  Type" in said
    assert "Add     -            AWS::DynamoDB::Table" in said
    assert f"{url}/panel/" in said
    assert f"{url}/widget/loader.js" in said
    assert f"make admin STAGE={cloud.stage} EMAIL=" in said


def test_secrets_are_made_once_and_only_the_edge_is_told(cloud: Cloud) -> None:
    cloud.deploy()
    key, origin = _secret(cloud, "secret-key"), _secret(cloud, "origin-secret")
    cloud.package("def app(event, context): return 2")
    again = cloud.deploy()

    assert len(key) >= 64 <= len(origin)
    assert key != origin
    assert (key, origin) == (_secret(cloud, "secret-key"), _secret(cloud, "origin-secret"))
    origins = _distribution(cloud)["Origins"]["Items"]
    shown = [each["CustomHeaders"].get("Items", []) for each in origins if each["Id"] == "api"]
    assert shown == [[{"HeaderName": "x-messenger-origin", "HeaderValue": origin}]]
    assert key not in again
    assert origin not in again


def test_browsers_keep_what_is_fingerprinted_and_ask_for_the_rest(cloud: Cloud) -> None:
    cloud.deploy()

    page, loader = cloud.file("panel/index.html"), cloud.file("widget/loader.js")
    app = loader["Body"].decode().split('"')[1]
    assert page["CacheControl"] == "no-cache"
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert loader["CacheControl"] == "public, max-age=300"
    assert app.startswith("widget-")
    assert cloud.file(f"widget/{app}")["Body"] == b'app("soon-7f8a.js")'
    for path in (f"widget/{app}", "panel/assets/index-1a2b.js", "panel/assets/golos-3c4d.woff2"):
        assert cloud.file(path)["CacheControl"] == "public, max-age=31536000, immutable"
    with pytest.raises(ClientError):
        cloud.file("widget/.built")
    made = boto3.client("cloudfront").list_invalidations(
        DistributionId=cloud.outputs()["DistributionId"]
    )
    assert made["InvalidationList"]["Quantity"] == 1


def test_deploying_the_same_again_changes_nothing_and_is_no_new_release(cloud: Cloud) -> None:
    first = cloud.deploy()
    again = cloud.deploy()

    assert "nothing to change" in again
    assert _release(first) == _release(again)
    assert "make admin" not in again


def test_a_rollback_runs_the_code_and_files_of_the_release_before(cloud: Cloud) -> None:
    first = cloud.deploy()
    old = _running_code(cloud)
    cloud.package("def app(event, context): return 2", "<p>newer</p>")
    second = cloud.deploy()
    assert cloud.file("panel/index.html")["Body"] == b"<p>newer</p>"
    assert _running_code(cloud) != old

    assert cloud.run("rollback", "--yes") == 0
    said = cloud.heard()

    assert _running_code(cloud) == old
    assert cloud.file("panel/index.html")["Body"] == b"<p>panel</p>"
    assert f"From {_release(second)} back to {_release(first)}" in said
    assert cloud.run("rollback", "--yes") == 1
    assert "no release before" in cloud.heard()


def test_a_release_that_was_rolled_back_is_not_what_a_later_rollback_finds(cloud: Cloud) -> None:
    first = _release(cloud.deploy())
    cloud.package("def app(event, context): return bad")
    cloud.deploy()
    cloud.run("rollback", "--yes")
    cloud.heard()
    cloud.package("def app(event, context): return 3")
    cloud.deploy()

    cloud.run("rollback", "--yes")

    assert _release(cloud.heard()) == first


def test_a_no_changes_nothing(cloud: Cloud) -> None:
    assert cloud.run("deploy", typed="n\n") == 1

    assert "Nothing was changed." in cloud.heard()
    assert not _stacks(cloud)
    assert cloud.run("deploy", typed="y\n") == 0


def test_a_no_to_an_update_leaves_the_stack_as_it_was(cloud: Cloud) -> None:
    cloud.deploy()
    old = _running_code(cloud)
    cloud.package("def app(event, context): return 2")

    assert cloud.run("deploy", typed="\n") == 1

    assert _running_code(cloud) == old
    assert _stacks(cloud) == ["CREATE_COMPLETE"]
    sets = boto3.client("cloudformation").list_change_sets(StackName=cloud.stack)["Summaries"]
    assert not [each for each in sets if each["ExecutionStatus"] == "AVAILABLE"]


def test_nobody_at_the_keyboard_is_a_no(cloud: Cloud) -> None:
    assert cloud.run("deploy", typed="") == 1
    assert "YES=1" in cloud.heard()


def test_ctrl_c_at_the_question_leaves_nothing_behind(cloud: Cloud) -> None:
    class Interrupted:
        def readline(self) -> str:
            raise KeyboardInterrupt

    cloud.monkeypatch.setattr("sys.stdin", Interrupted())

    assert main(["deploy", cloud.stage], cloud.desk) == 130
    assert not _stacks(cloud)


def test_a_change_that_would_lose_the_table_does_not_run(cloud: Cloud) -> None:
    cloud.deploy()

    def rename(template: dict[str, Any]) -> None:
        text = json.dumps(template).replace('"Ref": "Table"', '"Ref": "Other"')
        template.update(json.loads(text))
        template["Resources"]["Other"] = template["Resources"].pop("Table")

    cloud.package(change=rename)

    assert cloud.run("deploy", "--yes") == 1
    assert "would take Table away" in cloud.heard()
    assert _stacks(cloud) == ["CREATE_COMPLETE"]


def test_a_failure_is_told_with_its_cause_and_the_way_on(cloud: Cloud) -> None:
    def repeat_a_name(template: dict[str, Any]) -> None:
        resources = template["Resources"]
        resources["Broken"] = {**resources["Pages"], "DependsOn": "Pages"}

    cloud.package(change=repeat_a_name)

    assert cloud.run("deploy", "--yes") == 1
    heard = cloud.heard()
    assert "CREATE_FAILED  Broken: " in heard
    assert "ROLLBACK_COMPLETE" in heard
    assert cloud.run("deploy", "--yes") == 1
    assert "make destroy" in cloud.heard()


def test_a_stage_that_is_being_deployed_is_left_alone(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(cloud, monkeypatch, "UPDATE_IN_PROGRESS")

    for command in ("check", "deploy", "rollback", "destroy"):
        assert cloud.run(command, typed=f"{cloud.stage}\n") == 1
        assert "UPDATE_IN_PROGRESS" in cloud.heard()


@pytest.mark.parametrize(
    ("status", "way_on"),
    [
        ("ROLLBACK_COMPLETE", "make destroy"),
        ("DELETE_FAILED", "make destroy"),
        ("UPDATE_ROLLBACK_FAILED", "continue-update-rollback"),
    ],
)
def test_a_stack_in_a_failed_state_is_explained(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, status: str, way_on: str
) -> None:
    _pretend(cloud, monkeypatch, status)

    assert cloud.run("deploy", "--yes") == 1

    heard = cloud.heard()
    assert status in heard
    assert way_on in heard


def test_destroying_asks_for_the_name_and_keeps_the_data(cloud: Cloud) -> None:
    cloud.deploy()
    table, attachments = _table(cloud), cloud.outputs()["AttachmentsBucket"]
    panel = cloud.outputs()["PanelBucket"]

    assert cloud.run("destroy", typed="yes\n") == 1
    assert "Nothing was changed." in cloud.heard()
    assert cloud.run("destroy", typed=f"{cloud.stage}\n") == 0

    assert "its data is kept" in cloud.heard()
    assert not _stacks(cloud)
    assert table in boto3.client("dynamodb").list_tables()["TableNames"]
    assert attachments in _buckets()
    assert panel not in _buckets()
    assert _secret(cloud, "secret-key")


def test_destroying_with_the_data_leaves_nothing(cloud: Cloud) -> None:
    cloud.deploy()
    table, attachments = _table(cloud), cloud.outputs()["AttachmentsBucket"]
    boto3.client("s3").put_object(Bucket=attachments, Key="quarantine/x", Body=b"x")

    assert cloud.run("destroy", "--data", "delete", typed=f"{cloud.stage}\n") == 0

    assert "ALL DATA" in cloud.heard()
    assert table not in boto3.client("dynamodb").list_tables()["TableNames"]
    assert not [name for name in _buckets() if cloud.stage in name or name == attachments]
    with pytest.raises(ClientError, match="ParameterNotFound"):
        _secret(cloud, "secret-key")


def test_a_removal_that_broke_off_can_be_repeated(cloud: Cloud) -> None:
    cloud.deploy()
    table, bucket = _table(cloud), cloud.outputs()["AttachmentsBucket"]
    boto3.client("dynamodb").update_table(TableName=table, DeletionProtectionEnabled=False)
    boto3.client("dynamodb").delete_table(TableName=table)
    boto3.client("s3").delete_bucket(Bucket=bucket)

    assert cloud.run("destroy", "--data", "delete", typed=f"{cloud.stage}\n") == 0

    assert not _stacks(cloud)


def test_what_is_not_there_can_neither_be_rolled_back_nor_destroyed(cloud: Cloud) -> None:
    assert cloud.run("rollback", "--yes") == 1
    assert "not deployed" in cloud.heard()
    assert cloud.run("destroy", typed=f"{cloud.stage}\n") == 1
    assert "not deployed" in cloud.heard()


def _release(said: str) -> str:
    """The id in `Release … runs.`"""
    return said.split("Release ")[1].split(" runs.")[0]


def _stacks(cloud: Cloud) -> list[str]:
    """The state of the stage's stack, if there is one."""
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=cloud.stack)["Stacks"]
    except ClientError:
        return []
    return [each["StackStatus"] for each in found]


def _table(cloud: Cloud) -> str:
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=cloud.stack, LogicalResourceId="Table"
    )
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def _buckets() -> set[str]:
    return {each["Name"] for each in boto3.client("s3").list_buckets()["Buckets"]}


def _pretend(cloud: Cloud, monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    """AWS says that the stack is in a state into which no emulator can be brought."""
    from botocore.client import BaseClient

    call = BaseClient._make_api_call

    def answer(client: Any, operation: str, arguments: Any) -> Any:
        if operation == "DescribeStacks" and arguments.get("StackName") == cloud.stack:
            return {"Stacks": [{"StackStatus": status}]}
        return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
