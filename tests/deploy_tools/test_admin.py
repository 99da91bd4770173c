"""The first admin of a stage, by a link or by `make admin STAGE=`, and what an empty stage needs to
begin.
"""

import subprocess
import sys
from typing import Any

import boto3
import pytest

from chalicelib.domain.invitation import SETUP, read
from infra.local.processes import ROOT
from tests.deploy_tools.conftest import Cloud
from tests.support import environment

Answer = subprocess.CompletedProcess[str]


def _whole(template: dict[str, Any]) -> None:
    """The functions' environment, as far as the application cannot start without it."""
    variables = template["Resources"]["APIHandler"]["Properties"]["Environment"]["Variables"]
    variables |= {
        "SOCKET_URL": "wss://sockets.test/api",
        "SOCKET_ENDPOINT": "https://sockets.test/api",
        "GEOIP_PATH": "/opt/GeoLite2-City.mmdb",
        "DELIVERIES_QUEUE": environment.DELIVERIES,
        "DEAD_DELIVERIES_QUEUE": environment.DEAD_DELIVERIES,
        "TIMERS_QUEUE": environment.TIMERS,
        "ATTACHMENTS_BUCKET": environment.ATTACHMENTS,
        "PHOTOS_BUCKET": environment.PHOTOS,
        "SECRETS": "/messenger/test",
    }


def _table(cloud: Cloud) -> dict[str, list[dict[str, Any]]]:
    """What the stage's table holds, by kind."""
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=cloud.stack, LogicalResourceId="Table"
    )
    name = found["StackResourceDetail"]["PhysicalResourceId"]
    items: dict[str, list[dict[str, Any]]] = {}
    for item in boto3.resource("dynamodb").Table(name or "").scan()["Items"]:
        items.setdefault(str(item["kind"]), []).append(item)
    return items


def _admin(cloud: Cloud, email: str, password: str, *more: str) -> Answer:
    """The command in a process of its own, for the password comes from the keyboard."""
    command = [sys.executable, "-m", "infra.deploy", "admin", cloud.stage, email, "Boss", *more]
    return subprocess.run(
        command,
        input=f"{password}\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_admin_finds_a_branch_and_an_inbox(cloud: Cloud) -> None:
    cloud.package(change=_whole)
    cloud.deploy()

    made = _admin(cloud, "Boss@Example.com", "a long password", "--company", "Example shop")

    items = _table(cloud)
    assert made.returncode == 0, made.stderr
    assert [each["email"] for each in items["operator"]] == ["boss@example.com"]
    assert [each["role"] for each in items["operator"]] == ["admin"]
    assert "a long password" not in str(items)
    assert [each["name"] for each in items["inbox"]] == ["Example shop"]
    assert [each["name"] for each in items["branch"]] == ["Example shop"]
    assert f'{cloud.outputs()["Url"]}/widget/loader.js" data-inbox="site"' in made.stdout


@pytest.fixture
def at_a_terminal(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI")


def _token(said: str, cloud: Cloud) -> str:
    """What follows the panel's address in the link."""
    root = f"{cloud.outputs()['Url']}/panel/#/join/"
    assert said.count(root) == 1
    return said.split(root)[1].split()[0]


@pytest.mark.usefixtures("at_a_terminal")
class TestTheLink:
    def test_is_printed_while_there_is_no_admin(self, cloud: Cloud) -> None:
        cloud.package(change=_whole)
        said = cloud.deploy()

        subject, proof = read(_token(said, cloud))
        items = _table(cloud)
        assert subject == SETUP
        assert [each["proof"] for each in items["invitation"]] == [proof]
        assert _token(said, cloud).partition(".")[2] not in str(items)
        assert "72 hours" in said
        assert len(items["branch"]) == len(items["inbox"]) == 1
        assert f'{cloud.outputs()["Url"]}/widget/loader.js" data-inbox="site"' in said

    def test_the_next_deployment_ends_it_with_another(self, cloud: Cloud) -> None:
        cloud.package(change=_whole)
        first, second = (_token(cloud.deploy(), cloud) for _ in range(2))

        assert first != second
        assert [each["proof"] for each in _table(cloud)["invitation"]] == [read(second)[1]]

    def test_is_not_printed_where_there_is_an_admin_and_ends_when_one_is_made(
        self, cloud: Cloud
    ) -> None:
        cloud.package(change=_whole)
        cloud.deploy()
        assert _admin(cloud, "boss@example.com", "a long password").returncode == 0
        assert "invitation" not in _table(cloud)

        again = cloud.deploy()

        assert "#/join/" not in again
        assert "invitation" not in _table(cloud)

    def test_a_log_that_others_read_is_not_told(
        self, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CI", "true")
        cloud.package(change=_whole)

        said = cloud.deploy()

        assert "#/join/" not in said
        assert f"make admin STAGE={cloud.stage} EMAIL=" in said
        assert _table(cloud) == {}

    def test_a_deployment_stands_though_no_link_could_be_made(self, cloud: Cloud) -> None:
        """Its functions are told nothing but the table: the application cannot start."""
        said = cloud.deploy()

        assert "No link for the first admin could be made." in said
        assert f"make admin STAGE={cloud.stage} EMAIL=" in said


def test_a_stage_that_is_not_deployed_has_no_admin(cloud: Cloud) -> None:
    assert cloud.run("admin", "boss@example.com", "Boss") == 1
    assert f"make deploy STAGE={cloud.stage}" in cloud.heard()


@pytest.mark.parametrize(("email", "name"), [("", ""), ("boss", "Boss"), ("a@example.com", "")])
def test_who_is_to_be_the_admin_must_be_said(cloud: Cloud, email: str, name: str) -> None:
    assert cloud.run("admin", email, name) == 1
    assert "EMAIL=you@example.com" in cloud.heard()
