"""Makes the link that creates the first admin, and what an empty deployment needs first: `python -m
infra.setup_link ROOT COMPANY` prints it, or nothing where there is an admin.
"""

import sys
from datetime import UTC, datetime

from chalicelib.actions import invitations
from chalicelib.domain.invitation import PATH
from chalicelib.errors import Refusal
from infra.beginning import FIRST_INBOX, begin


def main(root: str, company: str) -> int:
    """0, or 1 with the reason on standard error."""
    try:
        begin(company, FIRST_INBOX)
        token = invitations.prepare(datetime.now(UTC))
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    if token is not None:
        sys.stdout.write(f"{root}{PATH}{token}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
