"""Where a command goes, and what stops it before it has done anything."""

import pytest
from botocore import exceptions
from botocore.exceptions import ClientError

from infra.deploy.problem import explained
from infra.local.ports import free
from tests.deploy_tools.conftest import Cloud


@pytest.mark.parametrize("name", ["", "local", "Prod", "1st", "a_b", "x" * 17, "../prod"])
def test_a_stage_has_a_plain_name(cloud: Cloud, name: str) -> None:
    cloud.stage = name

    assert cloud.run("deploy") == 1
    assert "STAGE=prod" in cloud.heard()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("region = ", "not TOML"),
        ("regoin = 'eu-central-1'", "`regoin` is not a setting"),
        ("region = 1", "`region` is a text"),
        ("waf = 'yes'", "`waf` is true or false"),
        ("parameters = 1", "`parameters` is a table"),
        ("[parameters]\nCloseAfterDays = true", "`CloseAfterDays` is neither"),
        ("[parameters]\nOriginSecret = 'x'", "found out by `make deploy`"),
    ],
)
def test_settings_that_make_no_sense_are_named(cloud: Cloud, settings: str, words: str) -> None:
    cloud.settings(settings)

    assert cloud.run("deploy") == 1
    assert words in cloud.heard()


def test_a_parameter_that_the_template_does_not_have_is_refused(cloud: Cloud) -> None:
    cloud.settings("[parameters]\nNoSuchThing = 'x'")

    assert cloud.run("deploy", "--yes") == 1
    assert "NoSuchThing" in cloud.heard()


def test_settings_are_the_templates_parameters(cloud: Cloud) -> None:
    certificate = "arn:aws:acm:us-east-1:000000000000:certificate/1"
    cloud.settings(
        f"region = 'eu-central-1'\n[parameters]\nDomainName = 'chat.example.com'\n"
        f"CertificateArn = '{certificate}'"
    )

    assert "https://chat.example.com/panel/" in cloud.deploy()


def test_nothing_packaged_is_nothing_deployed(cloud: Cloud) -> None:
    (cloud.desk.package / "function.zip").write_bytes(b"half")
    assert cloud.run("deploy") == 1
    assert "function.zip is not what was packaged" in cloud.heard()

    (cloud.desk.package / "manifest.json").unlink()
    assert cloud.run("deploy") == 1
    assert "make package" in cloud.heard()


def test_without_credentials_the_command_says_how_to_get_some(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "/nowhere")

    assert cloud.run("deploy") == 1
    assert "No AWS credentials" in cloud.heard()


def test_a_profile_that_is_not_there_is_named(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "absent")

    assert cloud.run("deploy") == 1
    assert "absent" in cloud.heard()


def test_without_a_region_the_command_asks_for_one(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    assert cloud.run("deploy") == 1
    assert "No region" in cloud.heard()


def test_a_region_that_does_not_exist_is_refused(cloud: Cloud) -> None:
    cloud.settings("region = 'eu-centrall-1'")

    assert cloud.run("deploy") == 1
    assert "no AWS region eu-centrall-1" in cloud.heard()


def test_two_regions_at_once_are_refused(cloud: Cloud) -> None:
    cloud.settings("region = 'eu-west-1'")

    assert cloud.run("deploy") == 1
    assert "say eu-west-1, AWS_REGION says eu-central-1" in cloud.heard()


def test_a_stage_that_lives_in_another_region_is_not_begun_here(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.deploy()
    monkeypatch.setenv("AWS_REGION", "eu-west-1")

    assert cloud.run("deploy", "--yes") == 1
    assert "lives in eu-central-1, this is eu-west-1" in cloud.heard()


def test_a_dead_network_is_called_that(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free()}")

    assert cloud.run("deploy") == 1
    assert "AWS does not answer" in cloud.heard()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ExpiredToken", "have expired"),
        ("InvalidClientTokenId", "does not know these credentials"),
        ("AccessDenied", "may not do this"),
        ("LimitExceeded", "refused CreateStack (LimitExceeded): no more"),
    ],
)
def test_what_aws_refuses_is_explained(code: str, words: str) -> None:
    refusal = ClientError({"Error": {"Code": code, "Message": "no more"}}, "CreateStack")

    assert words in str(explained(refusal))


def test_a_connection_that_breaks_is_no_refusal() -> None:
    broken = exceptions.ReadTimeoutError(endpoint_url="https://sts.amazonaws.com")

    assert "AWS does not answer" in str(explained(broken))
