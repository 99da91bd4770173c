"""An account to deploy to (an emulator of our own), a desk to deploy from, and stages that no other
test uses.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
import yaml

from infra.deploy import front
from infra.deploy.__main__ import main
from infra.deploy.desk import Desk
from infra.local.settings import CREDENTIALS
from infra.template import FOLDER
from tests.support import emulators

_numbers = count(1)
_FRAGMENTS = ("buckets.yaml", "edge.yaml", "queues.yaml", "table.yaml")
_SOCKETS = {
    "Name": "sockets",
    "ProtocolType": "WEBSOCKET",
    "RouteSelectionExpression": "$request.body.action",
}


@dataclass(slots=True)
class Cloud:
    """What a person sees who runs the commands: exit codes, and words on two streams."""

    desk: Desk
    stage: str
    screen: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    @property
    def stack(self) -> str:
        return f"messenger-{self.stage}"

    def run(self, command: str, *more: str, typed: str = "") -> int:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main([command, self.stage, *more], self.desk)

    def deploy(self, *more: str) -> str:
        """Deploys without being asked; what was said."""
        code = self.run("deploy", "--yes", *more)
        heard = self.screen.readouterr()
        assert code == 0, heard.err
        return heard.out

    def heard(self) -> str:
        """What was said since the last time, failures included."""
        heard = self.screen.readouterr()
        return heard.out + heard.err

    def settings(self, text: str) -> None:
        (self.desk.stages / f"{self.stage}.toml").write_text(text, encoding="utf-8")

    def package(
        self,
        code: str = "def app(event, context): return 1",
        page: str = "<p>panel</p>",
        change: Callable[[dict[str, Any]], object] = bool,
    ) -> None:
        """What `make package` leaves; `change` changes the template."""
        template = _template()
        change(template)
        build(self.desk.root, page)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("app.py", code)
        files = {
            "function.zip": archive.getvalue(),
            "template.json": json.dumps(template).encode(),
            "front.zip": front.pack(front.build(self.desk.root)),
        }
        for name, content in files.items():
            (self.desk.package / name).write_bytes(content)
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        (self.desk.package / "manifest.json").write_text(json.dumps(digests))

    def outputs(self) -> dict[str, str]:
        stacks = boto3.client("cloudformation").describe_stacks(StackName=self.stack)["Stacks"]
        return {each["OutputKey"]: each["OutputValue"] for each in stacks[0]["Outputs"]}

    def file(self, path: str) -> dict[str, Any]:
        """An object that the distribution serves: body, content type, cache control."""
        bucket = self.outputs()["WidgetBucket" if path.startswith("widget/") else "PanelBucket"]
        found = boto3.client("s3").get_object(Bucket=bucket, Key=path)
        return {**found, "Body": found["Body"].read()}


@pytest.fixture
def cloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cloud:
    for name, value in (CREDENTIALS | {"AWS_ENDPOINT_URL": emulators.ministack()}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CI", "true")  # quick: no link is made for the first admin (test_admin.py)
    desk = Desk(root=tmp_path, pace=0.05)
    desk.stages.mkdir(parents=True)
    desk.package.mkdir(parents=True)
    made = Cloud(desk, f"t{next(_numbers)}", capsys, monkeypatch)
    made.package()
    return made


def build(root: Path, page: str = "<p>panel</p>") -> None:
    """Front ends as `make build` leaves them."""
    files = {
        "widget/dist/loader.js": 'load("widget-5d6e.js")',
        "widget/dist/widget-5d6e.js": 'app("soon-7f8a.js")',
        "widget/dist/soon-7f8a.js": "soon()",
        "widget/dist/.built": "stamp",
        "panel/dist/index.html": page,
        "panel/dist/scheme.js": "scheme()",
        "panel/dist/assets/index-1a2b.js": "panel()",
        "panel/dist/assets/golos-3c4d.woff2": "font",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def _template() -> dict[str, Any]:
    """Our buckets, edge and table, with the least of the rest: the whole is rehearsed elsewhere."""
    template: dict[str, Any] = {"Transform": "AWS::Serverless-2016-10-31"}
    for name in _FRAGMENTS:
        for section, content in yaml.safe_load((FOLDER / name).read_text()).items():
            template.setdefault(section, {}).update(content)
    template["Parameters"] |= {
        name: {"Type": "String", "Default": ""} for name in ("Stage", "GeoIpLayerArn")
    }
    template["Resources"] |= {
        "APIHandler": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "Runtime": "python3.11",
                "Handler": "app.app",
                "CodeUri": "./deployment.zip",
                "Environment": {"Variables": {"TABLE_NAME": {"Ref": "Table"}}},
            },
        },
        "RestAPI": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "api"}},
        "WebsocketAPI": {"Type": "AWS::ApiGatewayV2::Api", "Properties": _SOCKETS},
    }
    return template
