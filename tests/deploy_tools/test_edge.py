"""What stands at the edge: its functions run as they are, its headers against the local stack's."""

import json
import subprocess
from typing import Any

import pytest

from infra.local.static import PANEL_HEADERS, PHOTO_HEADERS
from infra.template import load

RESOURCES = load()["Resources"]


def _run(function: str, uri: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the viewer-request function makes of a request from 203.0.113.7."""
    event = {
        "version": "1.0",
        "context": {"eventType": "viewer-request"},
        "viewer": {"ip": "203.0.113.7"},
        "request": {
            "method": "GET",
            "uri": uri,
            "querystring": {},
            "headers": {"host": {"value": "chat.example.com"}, **(headers or {})},
        },
    }
    code = RESOURCES[function]["Properties"]["FunctionCode"]
    script = f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})));"
    done = subprocess.run(
        ["node", "--input-type=commonjs", "--eval", script],  # noqa: S607 (the node of this machine)
        capture_output=True,
        check=True,
        text=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_edge_tells_the_viewers_address_and_whom_they_asked() -> None:
    request = _run("ViewerAddress", "/api/widget/bootstrap", {"accept": {"value": "*/*"}})

    assert request["headers"] == {
        "accept": {"value": "*/*"},
        "host": {"value": "chat.example.com"},
        "x-messenger-host": {"value": "chat.example.com"},
        "x-messenger-viewer": {"value": "203.0.113.7"},
    }
    assert request["uri"] == "/api/widget/bootstrap"


def test_the_edge_overwrites_whatever_a_viewer_claims() -> None:
    claimed = {"value": "10.0.0.1", "multiValue": [{"value": "10.0.0.1"}, {"value": "10.0.0.2"}]}

    lies = {"x-messenger-viewer": claimed, "x-messenger-host": claimed}
    request = _run("ViewerAddress", "/api/health", lies)

    assert request["headers"]["x-messenger-viewer"] == {"value": "203.0.113.7"}
    assert request["headers"]["x-messenger-host"] == {"value": "chat.example.com"}


@pytest.mark.parametrize("uri", ["/", "/panel"])
def test_the_way_to_the_panel_is_shown(uri: str) -> None:
    answer = _run("Pages", uri)

    assert answer["statusCode"] == 302
    assert answer["headers"]["location"]["value"] == "/panel/"


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("/panel/", "/panel/index.html"),
        ("/panel/assets/index-CYIu2w54.css", "/panel/assets/index-CYIu2w54.css"),
        ("/panel/absent", "/panel/absent"),
    ],
)
def test_the_panels_folder_is_its_page_and_files_are_themselves(uri: str, key: str) -> None:
    assert _run("Pages", uri)["uri"] == key


def test_only_the_api_learns_the_secret_and_the_address() -> None:
    config = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]
    origins = {origin["Id"]: origin for origin in config["Origins"]}
    behaviours = {each["PathPattern"]: each for each in config["CacheBehaviors"]}
    functions = [
        each["FunctionARN"]["Fn::GetAtt"][0]
        for each in behaviours["/api/*"]["FunctionAssociations"]
    ]

    assert functions == ["ViewerAddress"]
    assert "OriginPath" not in origins["api"]
    assert [name for name, origin in origins.items() if "OriginCustomHeaders" in origin] == ["api"]


def test_the_panels_policy_is_the_local_one_with_sockets_and_files_of_ours_only() -> None:
    headers = RESOURCES["PanelHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    there, here = policy["Fn::Sub"], PANEL_HEADERS["Content-Security-Policy"]

    sockets = "wss://${WebsocketAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}"
    ours = here.replace("ws: wss:", sockets).replace(
        "http://127.0.0.1:*", "https://${Attachments.RegionalDomainName}"
    )
    assert there == ours


@pytest.mark.parametrize("bucket", ["Attachments", "PanelFiles", "Photos", "WidgetFiles"])
def test_a_bucket_is_private_encrypted_and_speaks_tls_only(bucket: str) -> None:
    properties = RESOURCES[bucket]["Properties"]
    statements = RESOURCES[f"{bucket}Policy"]["Properties"]["PolicyDocument"]["Statement"]
    allowed = [each["Principal"] for each in statements if each["Effect"] == "Allow"]

    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert properties["BucketEncryption"]
    assert statements[0]["Effect"] == "Deny"
    assert statements[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert all(principal == {"Service": "cloudfront.amazonaws.com"} for principal in allowed)
    assert bool(allowed) == (bucket != "Attachments")


@pytest.mark.parametrize("bucket", ["Attachments", "Photos"])
def test_what_people_gave_outlives_the_stack(bucket: str) -> None:
    for resource in (bucket, f"{bucket}Policy"):
        assert RESOURCES[resource]["DeletionPolicy"] == "Retain"
        assert RESOURCES[resource]["UpdateReplacePolicy"] == "Retain"


def test_photos_are_sent_with_the_local_headers_and_nothing_but_read() -> None:
    config = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]
    (behaviour,) = (each for each in config["CacheBehaviors"] if each["PathPattern"] == "/photos/*")
    headers = RESOURCES["PhotoHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = headers["SecurityHeadersConfig"]
    sent = {each["Header"]: each["Value"] for each in headers["CustomHeadersConfig"]["Items"]} | {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "X-Content-Type-Options": "nosniff" if security["ContentTypeOptions"]["Override"] else "",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }

    assert behaviour["TargetOriginId"] == "photos"
    assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "PhotoHeaders"}
    assert "AllowedMethods" not in behaviour  # CloudFront's own are GET and HEAD
    assert sent == PHOTO_HEADERS
