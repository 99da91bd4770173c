"""Creates an admin, and what an empty deployment needs first: `python -m infra.create_admin EMAIL
NAME`, the password on standard input.
"""

import argparse
import sys
from datetime import UTC, datetime
from getpass import getpass
from secrets import token_hex

from chalicelib.actions import staff
from chalicelib.domain.operator import Operator, Role, clean_email
from chalicelib.errors import Refusal
from infra.beginning import FIRST_INBOX, begin


def main() -> int:
    """0 when the admin exists now, 1 with the reason on standard error otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("email")
    parser.add_argument("name")
    parser.add_argument("--company", default="Messenger", help="what visitors read")
    parser.add_argument("--inbox", default=FIRST_INBOX, help="id of the first inbox")
    asked = parser.parse_args()
    password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    admin = Operator(
        id=token_hex(16),
        name=asked.name,
        email=clean_email(asked.email),
        role=Role.ADMIN,
        branch_id=None,
        capacity=10,
        session_epoch=0,
    )
    try:
        staff.hire(admin, password, datetime.now(UTC))
        if begin(asked.company, asked.inbox):
            sys.stdout.write(f"The first inbox is called {asked.inbox}.\n")
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(f"{admin.email} can sign in now.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
