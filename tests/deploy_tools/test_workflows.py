"""What runs on GitHub: pinned, with the fewest rights, and nothing typed gets into a shell."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.deploy import web_acl
from infra.package.lint import lint

FOLDER = Path(__file__).parents[2] / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true; nothing here asks for it.
    workflow: dict[str, Any] = yaml.safe_load(path.read_text())
    return workflow


def _steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in _read(path)["jobs"].values() for step in job.get("steps", [])]


def test_there_are_workflows() -> None:
    assert [path.name for path in FILES] == ["ci.yml", "deploy.yml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit_and_say_its_version(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text())
    foreign = [(name, note) for name, note in used if not name.startswith("./")]

    assert foreign
    for name, note in foreign:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name), name
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", note), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_may_read_and_no_more(path: Path) -> None:
    workflow = _read(path)
    jobs = {name: job.get("permissions") for name, job in workflow["jobs"].items()}

    assert workflow["permissions"] == {"contents": "read"}
    assert jobs.pop("deploy", None) in (None, {"contents": "read", "id-token": "write"})
    assert set(jobs.values()) == {None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_command_is_made_of_what_somebody_typed(path: Path) -> None:
    commands = [step["run"] for step in _steps(path) if "run" in step]

    assert not [command for command in commands if "${{" in command]


def test_a_stage_is_deployed_after_the_tests_by_its_own_environment() -> None:
    deploy = _read(FOLDER / "deploy.yml")["jobs"]["deploy"]

    assert deploy["needs"] == "test"
    assert deploy["environment"] == "${{ inputs.stage || 'prod' }}"


@pytest.mark.parametrize("name", ["waf.yaml", "github.yaml"])
def test_the_small_templates_pass_the_linter(name: str) -> None:
    lint(yaml.safe_load((web_acl.TEMPLATE.parent / name).read_text()))


def test_only_the_stages_environment_of_the_repository_takes_the_role() -> None:
    template = yaml.safe_load((web_acl.TEMPLATE.parent / "github.yaml").read_text())
    trust = template["Resources"]["Role"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]

    assert trust[0]["Condition"] == {
        "StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": {
                "Fn::Sub": "repo:${Repository}:environment:${Stage}"
            },
        }
    }
