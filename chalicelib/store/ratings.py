"""What visitors said of their conversations: the score in the head, all of it in a cold item."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.rating import Rated, Rating, Scale
from chalicelib.store import activity, heads, keys
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import Cancelled, Item, read, transaction


class RatingItem(Item):
    scale = UnicodeAttribute()
    score = NumberAttribute()
    comment = UnicodeAttribute()
    rated_at = UTCDateTimeAttribute()
    changed_at = UTCDateTimeAttribute()
    branch_id = UnicodeAttribute()
    operator_id = UnicodeAttribute(null=True)
    operator_name = UnicodeAttribute(null=True)


def get(conversation_id: str) -> Rating | None:
    item = read(RatingItem, keys.conversation(conversation_id), keys.RATING)
    if item is None:
        return None
    given = Rated(scale=Scale(item.scale), score=int(item.score), at=item.rated_at)
    return Rating(
        given=given,
        comment=item.comment,
        changed_at=item.changed_at,
        branch_id=item.branch_id,
        operator_id=item.operator_id,
        operator_name=item.operator_name,
    )


def keep(rated: Conversation, rating: Rating, event: ActivityEvent) -> bool:
    """Keeps the rating of an ended conversation, with its history; False when anything about it has
    changed since it was read.
    """
    given = rating.given
    try:
        with transaction() as writes:
            writes.update(
                heads.handle(rated.id),
                actions=[*heads.changed(), heads.rated(given)],
                condition=(HeadItem.rev == rated.rev) & (HeadItem.status != Status.OPEN.value),
            )
            writes.save(
                RatingItem(
                    keys.conversation(rated.id),
                    keys.RATING,
                    kind="rating",
                    scale=given.scale.value,
                    score=given.score,
                    comment=rating.comment,
                    rated_at=given.at,
                    changed_at=rating.changed_at,
                    branch_id=rating.branch_id,
                    operator_id=rating.operator_id,
                    operator_name=rating.operator_name,
                )
            )
            activity.note(writes, event)
    except Cancelled:
        return False
    return True
