"""The environment of the code under test; imported before it, for some of it is read at import.

The variables are taken back at once: other tests of the same run start whole stacks, which have
their own.
"""

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from infra.local.settings import REGION, use_local_credentials

TABLE = "messenger-tests"
SECRET = "a key that signs nothing but tests"
GEOIP = Path(tempfile.mkdtemp(prefix="messenger-tests-")) / "City.mmdb"
SOCKETS = "https://sockets.test"
ORIGIN_SECRET = "what the edge shows in tests"
DELIVERIES = "https://sqs.test/000000000000/messenger-deliveries"
DEAD_DELIVERIES = "https://sqs.test/000000000000/messenger-deaddeliveries"
TIMERS = "https://sqs.test/000000000000/messenger-timers"
PHOTOS = "messenger-tests-photos"
ATTACHMENTS = "messenger-tests-attachments"


def apply() -> None:
    """Lets the code read its configuration."""
    use_local_credentials()
    for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT_URL")]:
        del os.environ[name]
    variables = {
        "TABLE_NAME": TABLE,
        "SECRET_KEY": SECRET,
        "SOCKET_URL": "wss://sockets.test/ws",
        "SOCKET_ENDPOINT": SOCKETS,
        "GEOIP_PATH": str(GEOIP),
        "ORIGIN_SECRET": ORIGIN_SECRET,
        "DELIVERIES_QUEUE": DELIVERIES,
        "DEAD_DELIVERIES_QUEUE": DEAD_DELIVERIES,
        "TIMERS_QUEUE": TIMERS,
        "PHOTOS_BUCKET": PHOTOS,
        "ATTACHMENTS_BUCKET": ATTACHMENTS,
    }
    with patch.dict(os.environ, variables):
        from chalicelib.config import config
        from chalicelib.gateways import secrets
        from chalicelib.store import table

        assert config().table_name == table.Item.Meta.table_name == TABLE
        assert secrets.secret_key() == SECRET.encode()
        assert secrets.origin_secret() == ORIGIN_SECRET
        assert table.Item.Meta.region == REGION
