"""What runs in the background: one line each."""

import random
from datetime import UTC, datetime

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.actions import distribution

blueprint = Blueprint(__name__)


@blueprint.schedule(Rate(1, unit=Rate.MINUTES))
def tick(event: CloudWatchEvent) -> None:
    distribution.drain_everything(datetime.now(UTC), random.choice)
