"""Where a command works: the stage, its account, its stack, its artefacts."""

from dataclasses import dataclass

from infra.deploy import account as accounts
from infra.deploy import stage as stages
from infra.deploy.account import Account
from infra.deploy.artefacts import Artefacts
from infra.deploy.desk import Desk
from infra.deploy.stack import Stack
from infra.deploy.stage import Stage
from infra.deploy.talk import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    stage: Stage
    account: Account
    stack: Stack
    artefacts: Artefacts


def enter(name: str, desk: Desk) -> Place:
    """Checked and said aloud, before anything is done there. Raises Problem."""
    stage = stages.load(name, desk.stages)
    account = accounts.enter(stage, desk.pace)
    say(f"Stage {stage.name}: account {account.id}, region {account.region}, as {account.who}")
    return Place(
        stage=stage,
        account=account,
        stack=Stack(account=account, name=stage.stack, region=account.region),
        artefacts=Artefacts(account=account, bucket=accounts.artefact_bucket(stage, account)),
    )
