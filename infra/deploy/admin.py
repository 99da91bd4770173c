"""The first admin of a stage, with the rights of one's own credentials: by the link that `make
deploy` prints while there is none, or by `make admin STAGE=`, which asks for the password here.
"""

import os
import subprocess
import sys

from infra.deploy import place as places
from infra.deploy import rollout
from infra.deploy.desk import Desk
from infra.deploy.problem import Problem
from infra.deploy.talk import say

_FUNCTION = "APIHandler"
_FIRST_INBOX = "site"
_COMPANY = "Messenger"


def run(stage: str, desk: Desk, email: str, name: str, company: str) -> None:
    """Asks for the password on the terminal, or reads it from standard input. `company` is what
    visitors of the first inbox read. Raises Problem.
    """
    if "@" not in email or not name:
        raise Problem(f"Say who: make admin STAGE={stage} EMAIL=you@example.com NAME='Your Name'")
    place = places.enter(stage, desk)
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed. `make deploy STAGE={stage}` first.")
    wanted = [f"--company={company}", f"--inbox={_FIRST_INBOX}", "--", email, name]
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "infra.create_admin", *wanted], env=_environment(place), check=False
    )
    if done.returncode:
        raise Problem("No admin was created.")
    root = place.stack.outputs()["Url"]
    say(f"{rollout.urls(root)}\n{_on_your_site(root)}")


def say_link(place: places.Place) -> None:
    """Says the link by which the first admin comes in, as long as there is no admin."""
    root = place.stack.outputs()["Url"]
    made = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "infra.setup_link", root, _COMPANY],
        env=_environment(place),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if made.returncode:
        say("\nNo link for the first admin could be made.")
        say_command(place)
    elif made.stdout:
        say(
            "\nThere is no admin yet. Whoever opens this link becomes one: keep it to yourself.\n"
            f"  {made.stdout.strip()}\n"
            "It works once, within 72 hours; `make deploy` makes another and ends this one.\n"
            f"{_on_your_site(root)}"
        )


def say_command(place: places.Place) -> None:
    """The other way, for where others read what is said: in a log that is kept a link is lost, and
    who deploys from there needs no right to the data.
    """
    say(
        "\nIf there is no admin yet, at a terminal of your own (asks for a password):\n"
        f"  make admin STAGE={place.stage.name} EMAIL=you@example.com NAME='Your Name'"
    )


def _on_your_site(root: str) -> str:
    tag = f'<script src="{root}/widget/loader.js" data-inbox="{_FIRST_INBOX}" async></script>'
    return f"On your site:\n  {tag}"


def _environment(place: places.Place) -> dict[str, str]:
    """Ours, with what the deployment tells its functions."""
    found = [each for each in place.stack.resources() if each["LogicalResourceId"] == _FUNCTION]
    if not found:
        raise Problem(f"{place.stack.name} has no function {_FUNCTION}.")
    functions = place.account.client("lambda")
    about = functions.get_function_configuration(FunctionName=found[0]["PhysicalResourceId"])
    variables: dict[str, str] = about["Environment"]["Variables"]
    return {**os.environ, **variables, "AWS_REGION": place.account.region}
