"""What is counted against those who ask too often, and the challenges that were answered."""

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.limits import Counts, What
from chalicelib.store import keys
from chalicelib.store.table import ABSENT, Item, put, update

KEPT = timedelta(hours=1)
"""Beyond its window, which its name tells: the table's clock is not ours."""


class CountItem(Item):
    arrivals = NumberAttribute(null=True)
    returns = NumberAttribute(null=True)
    conversations = NumberAttribute(null=True)
    uploads = NumberAttribute(null=True)
    introductions = NumberAttribute(null=True)
    inbox = NumberAttribute(null=True)
    guesses = NumberAttribute(null=True)


class AnsweredItem(Item):
    """A challenge that somebody has answered, and the message with which they did."""

    client_id = UnicodeAttribute()


def count(name: str, what: What, until: datetime, times: int = 1) -> Counts:
    """One more of these; what stands there then. 1 write unit."""
    item = CountItem(keys.limit(name), keys.LIMIT)
    counted: NumberAttribute = getattr(CountItem, what.value)
    named = [CountItem.kind.set("count"), CountItem.expires.set(until + KEPT)]
    update(item, [counted.add(times), *named], None)
    return Counts(
        arrivals=int(item.arrivals or 0),
        returns=int(item.returns or 0),
        conversations=int(item.conversations or 0),
        uploads=int(item.uploads or 0),
        introductions=int(item.introductions or 0),
        inbox=int(item.inbox or 0),
        guesses=int(item.guesses or 0),
    )


def answer(challenge_id: str, client_id: str, now: datetime, life: timedelta) -> bool:
    """Whether this message is the first that answers the challenge, or the same again."""
    item = AnsweredItem(keys.captcha(challenge_id), keys.CAPTCHA, kind="captcha")
    item.client_id, item.expires = client_id, now + life + KEPT
    return put(item, ABSENT | (AnsweredItem.client_id == client_id))
