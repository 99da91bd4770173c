"""The stage's web ACL: a small stack in the one region from which CloudFront takes it."""

from pathlib import Path

from infra.deploy.account import EDGE_REGION, Account
from infra.deploy.stack import Stack
from infra.deploy.stage import Stage

TEMPLATE = Path(__file__).parent / "waf.yaml"


def stack(stage: Stage, account: Account) -> Stack:
    return Stack(account=account, name=f"{stage.stack}-waf", region=EDGE_REGION)


def ensure(stage: Stage, account: Account, *, yes: bool) -> str:
    """The ARN of the web ACL; empty where the stage's settings want none."""
    if not stage.waf:
        return ""
    edge = stack(stage, account)
    edge.apply({"TemplateBody": TEMPLATE.read_text(encoding="utf-8")}, {}, yes=yes)
    return edge.outputs()["WebAclArn"]


def arn(stage: Stage, account: Account) -> str:
    """The one that is there; empty for none."""
    return stack(stage, account).outputs().get("WebAclArn", "")


def retire(stage: Stage, account: Account) -> None:
    """Removes what the settings want no more, once the distribution has let go of it."""
    if not stage.waf:
        remove(stage, account)


def remove(stage: Stage, account: Account) -> None:
    """Harmless where there is none."""
    edge = stack(stage, account)
    if edge.status() is not None:
        edge.delete()
