"""Creates an admin: `python -m infra.create_admin EMAIL NAME`, the password on standard input."""

import argparse
import sys
from getpass import getpass
from secrets import token_hex

from chalicelib.actions import staff
from chalicelib.domain.operator import Operator, Role, clean_email
from chalicelib.errors import Refusal


def main() -> int:
    """0 when the admin exists now, 1 with the reason on standard error otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("email")
    parser.add_argument("name")
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
        staff.hire(admin, password)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(f"{admin.email} can sign in now.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
