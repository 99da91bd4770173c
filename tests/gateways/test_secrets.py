"""Configuration and secrets: what is missing or makes no sense stops a function with words."""

import pytest

from chalicelib.config import config
from chalicelib.gateways import secrets

VARIABLES = {
    "TABLE_NAME": "table",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "SOCKET_URL": "wss://sockets.test",
    "SOCKET_ENDPOINT": "https://sockets.test",
    "GEOIP_PATH": "/opt/City.mmdb",
    "DELIVERIES_QUEUE": "https://sqs.test/deliveries",
    "DEAD_DELIVERIES_QUEUE": "https://sqs.test/dead",
    "TIMERS_QUEUE": "https://sqs.test/timers",
    "ATTACHMENTS_BUCKET": "attachments",
    "PHOTOS_BUCKET": "photos",
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLOSE_AFTER_DAYS", "WEBHOOK_NETWORKS", "SECRETS", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)


def test_what_is_not_said_is_what_a_deployment_wants() -> None:
    found = config.__wrapped__()

    assert (found.close_after_days, found.webhook_networks, found.secrets) == (14, "public", None)


@pytest.mark.parametrize("name", sorted(VARIABLES.keys() - {"AWS_DEFAULT_REGION"}))
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)

    with pytest.raises(RuntimeError, match=name):
        config.__wrapped__()


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1.5"])
def test_retention_counts_whole_days(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("CLOSE_AFTER_DAYS", days)

    with pytest.raises(RuntimeError, match="CLOSE_AFTER_DAYS"):
        config.__wrapped__()


def test_webhooks_lead_to_the_public_or_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_NETWORKS", "private")

    with pytest.raises(RuntimeError, match="WEBHOOK_NETWORKS"):
        config.__wrapped__()


@pytest.mark.parametrize("key", ["", "short", "x" * 31])
def test_a_weak_key_signs_nothing(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("SECRET_KEY", key)

    with pytest.raises(RuntimeError, match="shorter than 32 bytes"):
        secrets.secret_key.__wrapped__()
