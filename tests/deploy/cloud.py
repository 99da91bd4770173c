"""A deployment on the embedded AWS: the packaged code and template, with IAM enforced.

The functions run in an interpreter without packages: what the zip lacks, they lack.
"""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import boto3
import websocket
from botocore.config import Config

from infra.local.ports import free
from infra.local.settings import CREDENTIALS, REGION
from tests.support import geoip
from tests.support.environment import GEOIP

Tree = dict[str, Any]
Item = dict[str, Any]

STACK = "messenger-rehearsal"
STAGE = "rehearsal"
ORIGIN_SECRET = "what only the edge of the rehearsal knows"
PATIENCE = 60

SEND, SEND_BATCH = "sqs:SendMessage", "sqs:SendMessageBatch"
"""On AWS the first allows both; the emulator asks for the second, which AWS does not know."""

# Its functions run by an interpreter without packages; nobody waits 50 ms for a log of theirs.
_START = """
import runpy, sys
from ministack.core.lambda_runtime import Worker
Worker._drain_stderr_bounded.__defaults__ = (0.0, 0.001, 0.25)
sys.executable = {python!r}
sys.argv = ["ministack"]
runpy.run_module("ministack", run_name="__main__")
"""


class FunctionFailedError(AssertionError):
    """A function raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Cloud:
    """`resources` maps the template's ids to physical ones."""

    port: int
    process: "subprocess.Popen[bytes]"
    resources: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, service: str) -> Any:
        """The owner's, who may do everything."""
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,
                endpoint_url=self.url,
                region_name=REGION,
                aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
                aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
                config=Config(retries={"total_max_attempts": 1}, read_timeout=60),
            )
        return self._clients[service]

    # ------------------------------------------------------------ deploying

    def deploy(self, code: Path, template: Tree) -> None:
        """As `make deploy` does: artefacts, secrets, a change set, its execution."""
        s3 = self.client("s3")
        s3.create_bucket(
            Bucket="artefacts", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        s3.upload_file(str(code), "artefacts", "function.zip")
        patched = _patched(template, self.port)
        s3.put_object(Bucket="artefacts", Key="template.json", Body=json.dumps(patched))
        secrets = {"secret-key": "k" * 48, "origin-secret": ORIGIN_SECRET}
        for name, value in secrets.items():
            self.client("ssm").put_parameter(
                Name=f"/messenger/{STAGE}/{name}", Value=value, Type="SecureString"
            )
        self._change(f"{self.url}/artefacts/template.json")
        stack = self.client("cloudformation").describe_stack_resources(StackName=STACK)
        self.resources = {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in stack["StackResources"]
        }
        self._mend_preflights(template)

    def _change(self, template_url: str) -> None:
        cloudformation = self.client("cloudformation")
        parameters = {"Stage": STAGE, "OriginSecret": ORIGIN_SECRET}
        names = {"StackName": STACK, "ChangeSetName": "first"}
        cloudformation.create_change_set(
            **names,
            ChangeSetType="CREATE",
            TemplateURL=template_url,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
        )
        made = self._settled(lambda: cloudformation.describe_change_set(**names))
        assert made["Status"] == "CREATE_COMPLETE", made
        cloudformation.execute_change_set(**names)
        stack = self._settled(
            lambda: cloudformation.describe_stacks(StackName=STACK)["Stacks"][0], "StackStatus"
        )
        events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
        failed = [each for each in events if "FAILED" in each["ResourceStatus"]]
        assert stack["StackStatus"] == "CREATE_COMPLETE", failed

    def _settled(self, ask: Callable[[], Tree], key: str = "Status") -> Tree:
        return until(ask, lambda each: each[key].endswith(("_COMPLETE", "FAILED")))

    def _mend_preflights(self, template: Tree) -> None:
        """The emulator drops the answers of mock integrations when it imports a definition."""
        gateway, api = self.client("apigateway"), self.resources["RestAPI"]
        paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
        for resource in gateway.get_resources(restApiId=api, limit=500)["items"]:
            preflight = paths.get(resource["path"], {}).get("options")
            if preflight:
                answers = preflight["x-amazon-apigateway-integration"]["responses"]["default"]
                gateway.put_integration_response(
                    restApiId=api, resourceId=resource["id"], httpMethod="OPTIONS", **answers
                )

    # ------------------------------------------------------------ its doors

    def rest(
        self,
        method: str,
        path: str,
        body: object = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = {"Content-Type": "application/json", **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(
            f"{self.url}/_aws/execute-api/{self.resources['RestAPI']}/api{path}",
            None if body is None else json.dumps(body).encode(),
            sent,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(
                    status=answer.status, body=json.load(answer), headers=dict(answer.headers)
                )
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(
                    status=refused.code, body=json.load(refused), headers=dict(refused.headers)
                )

    @contextmanager
    def socket(self, ticket: str) -> Iterator[websocket.WebSocket]:
        """A client's socket; it waits 10 s for a frame."""
        api = self.resources["WebsocketAPI"]
        url = f"ws://127.0.0.1:{self.port}/_aws/execute-api/{api}/api?ticket={ticket}"
        opened = websocket.create_connection(url, timeout=10)
        try:
            yield opened
        finally:
            opened.close()
            opened.shutdown()  # after the server's own close, the former does nothing

    def invoke(self, function: str, event: Tree) -> Any:
        """What a function answers to an event. Raises FunctionFailedError."""
        answer = self.client("lambda").invoke(
            FunctionName=self.resources[function], Payload=json.dumps(event)
        )
        payload = json.load(answer["Payload"])
        if "FunctionError" in answer:
            raise FunctionFailedError(payload)
        return payload

    def restart(self, function: str) -> None:
        """The next call is a cold start: nothing is remembered."""
        functions, name = self.client("lambda"), self.resources[function]
        same = functions.get_function_configuration(FunctionName=name)["Timeout"]
        functions.update_function_configuration(FunctionName=name, Timeout=same)

    def hold_still(self) -> None:
        """Ends the pollers and the schedules."""
        functions, events = self.client("lambda"), self.client("events")
        for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
            functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        for rule in events.list_rules()["Rules"]:
            events.disable_rule(Name=rule["Name"])

    # ------------------------------------------------------------ its table and roles

    @property
    def table(self) -> str:
        return self.resources["Table"]

    def item(self, pk: str, sk: str) -> Item | None:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        found: Item | None = (
            self.client("dynamodb").get_item(TableName=self.table, Key=key).get("Item")
        )
        return found

    def partition(self, pk: str) -> list[Item]:
        answer = self.client("dynamodb").query(
            TableName=self.table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
        )
        items: list[Item] = answer["Items"]
        return items

    def put(self, item: Item) -> None:
        self.client("dynamodb").put_item(TableName=self.table, Item=item)

    def remove(self, item: Item) -> None:
        key = {name: item[name] for name in ("pk", "sk")}
        self.client("dynamodb").delete_item(TableName=self.table, Key=key)

    @contextmanager
    def without(self, function: str, sid: str, action: str, place: int) -> Iterator[None]:
        """Takes one action on one resource of one statement from a function's role."""
        iam = self.client("iam")
        role = f"{'ApiHandler' if function == 'APIHandler' else function}Role"
        names = {"RoleName": self.resources[role], "PolicyName": f"{role}Policy"}
        whole = iam.get_role_policy(**names)["PolicyDocument"]
        less = _lessened(whole, sid, action, place)
        iam.put_role_policy(**names, PolicyDocument=json.dumps(less))
        try:
            yield
        finally:
            iam.put_role_policy(**names, PolicyDocument=json.dumps(whole))


def _lessened(policy: Tree, sid: str, action: str, place: int) -> Tree:
    """The policy without one action on the resource at one place of a statement."""
    taken = {action, SEND_BATCH} if action == SEND else {action}
    statements: list[Tree] = []
    for statement in policy["Statement"]:
        for number, resource in enumerate(listed(statement["Resource"])):
            left = set(listed(statement["Action"]))
            if (statement["Sid"], number) == (sid, place):
                left -= taken
            if left:
                changes = {"Sid": f"{statement['Sid']}{number}", "Action": sorted(left)}
                statements.append(statement | changes | {"Resource": resource})
    return policy | {"Statement": statements}


def listed(one_or_many: Any) -> list[Any]:
    return one_or_many if isinstance(one_or_many, list) else [one_or_many]


def until(ask: Callable[[], Any], good: Callable[[Any], bool], patience: float = PATIENCE) -> Any:
    """The first good answer; the last one when patience ends."""
    ends = monotonic() + patience
    while True:
        answer = ask()
        if good(answer) or monotonic() > ends:
            return answer
        sleep(0.02)


def _patched(template: Tree, port: int) -> Tree:
    """All in which the rehearsed template differs from the one that is deployed."""
    made = deepcopy(template)
    resources = made["Resources"]
    for resource in resources.values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://artefacts/function.zip"
            resource["Properties"]["Architectures"] = ["x86_64"]
    # The emulator deploys a sockets' API by itself, and only so.
    del resources["WebsocketAPIDeployment"]
    del resources["WebsocketAPIStage"]["Properties"]["DeploymentId"]
    resources["WebsocketAPIStage"]["Properties"]["AutoDeploy"] = True
    del resources["Sampling"]  # it traces nothing
    # It knows no alarms on formulas, and so no dashboard that names them.
    formulas = [name for name, each in resources.items() if "Metrics" in each.get("Properties", {})]
    for name in (*formulas, "Dashboard"):
        del resources[name]
    for name in (each for each in resources if each.endswith("Role")):
        for statement in resources[name]["Properties"]["Policies"][0]["PolicyDocument"][
            "Statement"
        ]:
            if SEND in listed(statement["Action"]):
                statement["Action"] = [*listed(statement["Action"]), SEND_BATCH]
    # It speaks no TLS.
    for name in ("PhotosPolicy", "AttachmentsPolicy"):
        document = resources[name]["Properties"]["PolicyDocument"]
        others = [each for each in document["Statement"] if each["Sid"] != "OnlyTls"]
        if others:
            document["Statement"] = others
        else:
            del resources[name]
    # Addresses that lead to it; webhooks to a receiver in this process; a database of our making.
    variables = made["Globals"]["Function"]["Environment"]["Variables"]
    where = f"//127.0.0.1:{port}/_aws/execute-api/${{WebsocketAPI}}/api"
    variables |= {
        "SOCKET_URL": {"Fn::Sub": f"ws:{where}"},
        "SOCKET_ENDPOINT": {"Fn::Sub": f"http:{where}"},
        "WEBHOOK_NETWORKS": "any",
        "GEOIP_PATH": str(GEOIP),
    }
    return made


@contextmanager
def running(folder: Path) -> Iterator[Cloud]:
    """An empty AWS whose functions have no packages but their own."""
    geoip.write()
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(folder / "python")], check=True
    )
    port, process = _started(folder)
    try:
        yield Cloud(port=port, process=process)
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _started(folder: Path) -> tuple[int, "subprocess.Popen[bytes]"]:
    """Between finding a free port and taking it, somebody else may have: then it is tried again."""
    start = _START.format(python=str(folder / "python/bin/python"))
    log = folder / "aws.log"
    for _ in range(3):
        port = free()
        with log.open("wb") as words:
            process = subprocess.Popen(
                [sys.executable, "-c", start],
                env=_settings(folder, port) | CREDENTIALS,
                stdout=words,
                stderr=words,
            )
        until(lambda: process.poll() is not None or _answers(port), bool)  # noqa: B023  # now
        if process.poll() is None:
            return port, process
    raise AssertionError(log.read_text())


def _settings(folder: Path, port: int) -> dict[str, str]:
    return {
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "HOME": str(folder),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "PATH": os.environ["PATH"],
        "PERSIST_STATE": "0",
        "SFTP_ENABLED": "0",
        "TMPDIR": str(folder),
    }


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
