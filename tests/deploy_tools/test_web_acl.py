"""The web ACL, which lives in a stack and a region of its own."""

import boto3

from tests.deploy_tools.conftest import Cloud


def _acl(cloud: Cloud) -> str:
    """What the distribution has in front of it."""
    found = boto3.client("cloudfront").get_distribution(Id=cloud.outputs()["DistributionId"])
    return str(found["Distribution"]["DistributionConfig"].get("WebACLId", ""))


def _stack_names(region: str) -> list[str]:
    client = boto3.client("cloudformation", region_name=region)
    pages = client.get_paginator("describe_stacks").paginate()
    return [stack["StackName"] for page in pages for stack in page["Stacks"]]


def test_a_stage_gets_it_from_where_cloudfront_takes_it_and_lets_go_of_it(cloud: Cloud) -> None:
    cloud.settings("waf = true")
    said = cloud.deploy()
    assert f"{cloud.stack}-waf in us-east-1" in said
    assert ":us-east-1:" in _acl(cloud)
    assert f"{cloud.stack}-waf" in _stack_names("us-east-1")

    cloud.settings("waf = false")
    cloud.deploy()

    assert _acl(cloud) == ""
    assert f"{cloud.stack}-waf" not in _stack_names("us-east-1")


def test_a_stage_may_live_in_that_region_itself(cloud: Cloud) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        cloud.monkeypatch.setenv(name, "us-east-1")
    cloud.settings("waf = true")

    cloud.deploy()

    assert {cloud.stack, f"{cloud.stack}-waf"} <= set(_stack_names("us-east-1"))


def test_a_rollback_keeps_the_web_acl_that_is_there(cloud: Cloud) -> None:
    cloud.deploy()
    cloud.settings("waf = true")
    cloud.package("def app(event, context): return 2")
    cloud.deploy()

    assert cloud.run("rollback", "--yes") == 0

    assert ":us-east-1:" in _acl(cloud)


def test_a_stage_takes_its_web_acl_with_it(cloud: Cloud) -> None:
    cloud.settings("waf = true")
    cloud.deploy()

    assert cloud.run("destroy", typed=f"{cloud.stage}\n") == 0

    assert f"{cloud.stack}-waf" not in _stack_names("us-east-1")
