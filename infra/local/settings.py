"""Names and the key pair which every process of the local stack shares."""

import os

REGION = "eu-central-1"
ACCOUNT = "000000000000"
LOOPBACK = "127.0.0.1"

# Not a secret: the embedded AWS listens on the loopback address only.
ACCESS_KEY_ID = "AKIALOCALMESSENGER00"
SECRET_ACCESS_KEY = "local-stack-key-of-no-value"  # noqa: S105  # of no value, as it says

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": ACCESS_KEY_ID,
    "AWS_SECRET_ACCESS_KEY": SECRET_ACCESS_KEY,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def name_of(logical_id: str) -> str:
    """The name of a queue or bucket to which the template gives none, as CloudFormation would."""
    return f"messenger-{logical_id.lower()}"


def use_local_credentials() -> None:
    """Sign every AWS call of this process with the local pair, whatever profile its owner has."""
    os.environ.update(CREDENTIALS)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(name, None)
