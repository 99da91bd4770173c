"""How the domain looks on the wire, to a visitor and to an operator."""

from collections.abc import Iterable

from chalicelib import wire, wire_details, wire_endings, wire_frames, wire_guard, wire_settings
from chalicelib.domain import access, captcha
from chalicelib.domain.activity import SYSTEM, ActivityEvent, Facts
from chalicelib.domain.assignment import Assignment, Member, Pool
from chalicelib.domain.attachment import Attachment, Rules
from chalicelib.domain.branch import Branch
from chalicelib.domain.captcha import Challenge
from chalicelib.domain.contact import Contact, Language, Place
from chalicelib.domain.conversation import Assignee, Conversation, Timer
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import Author, Message
from chalicelib.domain.operator import Operator, Presence
from chalicelib.domain.rating import Rated
from chalicelib.domain.routing import Route
from chalicelib.domain.team import Crew


def message(shown: Message) -> wire.Message:
    draft = shown.draft
    return wire.Message(
        id=shown.id,
        conversation_id=shown.conversation_id,
        seq=shown.seq,
        direction=draft.direction.value,
        author=author(draft.author),
        body=draft.body,
        client_id=draft.client_id,
        created_at=draft.at,
        attachments=[attachment(each) for each in draft.attachments],
    )


def attachment(shown: Attachment) -> wire.Attachment:
    return wire.Attachment(
        id=shown.id,
        name=shown.name,
        type=shown.type,
        size=shown.size,
        width=shown.width,
        height=shown.height,
        thumbnail=shown.thumbnail,
    )


def rules(shown: Rules) -> wire.AttachmentRules:
    return wire.AttachmentRules(**shown.facts)


def author(shown: Author) -> wire.Author:
    return wire.Author(kind=shown.kind.value, id=shown.id, name=shown.name)


def messages(shown: list[Message]) -> list[wire.Message]:
    return [message(each) for each in shown]


def person(assignee: Assignee | None) -> wire.Person | None:
    return wire.Person(id=assignee.id, name=assignee.name) if assignee else None


def face(assignee: Assignee | None) -> wire.Face | None:
    if assignee is None:
        return None
    return wire.Face(id=assignee.id, name=assignee.name, photo=assignee.photo)


def inbox(shown: Inbox, language: Language) -> wire.WidgetInbox:
    look, russian = shown.appearance, language == "ru"
    return wire.WidgetInbox(
        id=shown.id,
        name=shown.name,
        features=wire.InboxFeatures(realtime=shown.realtime),
        attachments=rules(shown.attachments),
        rating=shown.rating.value if shown.rating else None,
        appearance=wire.WidgetAppearance(
            accent=look.accent,
            side=look.side.value,
            title=look.title_ru if russian else look.title_en,
            greeting=look.greeting_ru if russian else look.greeting_en,
        ),
        photo=shown.photo,
    )


def offline(text: str | None) -> wire.Offline | None:
    return wire.Offline(text=text) if text else None


def rating(shown: Rated | None) -> wire.RatingGiven | None:
    if shown is None:
        return None
    return wire.RatingGiven(
        scale=shown.scale.value, score=shown.score, changeable_until=shown.changeable_until
    )


def challenge(shown: Challenge) -> wire_guard.Challenge:
    work = wire_guard.Altcha(
        algorithm="SHA-256", challenge=shown.target, salt=shown.salt, maxnumber=shown.most
    )
    return wire_guard.Challenge(
        kind="altcha" if shown.target else "arithmetic",
        token=shown.token,
        expires_in=int(captcha.LIFE.total_seconds()),
        question=shown.question or None,
        altcha=work if shown.target else None,
    )


def for_visitor(shown: Conversation) -> wire.VisitorConversation:
    return wire.VisitorConversation(
        id=shown.id,
        status=shown.status.value,
        seq=shown.seq,
        rev=shown.rev,
        operator=face(shown.assignee),
        handed_over=shown.handed_over,
        unread=shown.unseen,
        visitor_read=shown.visitor_read,
        requested=shown.requested_at is not None,
        rating=rating(shown.rated),
        created_at=shown.created_at,
    )


def for_operator(shown: Conversation, operator: Operator) -> wire.Conversation:
    due = shown.due
    return wire.Conversation(
        id=shown.id,
        inbox_id=shown.inbox_id,
        channel="widget",
        status=shown.status.value,
        branch_id=shown.branch_id,
        assignee=person(shown.assignee),
        contact=wire.Contact(id=shown.contact_id, name=shown.contact_name),
        contact_rev=shown.contact_rev,
        region=shown.region,
        seq=shown.seq,
        rev=shown.rev,
        in_count=shown.in_count,
        unread=shown.unread,
        visitor_read=shown.visitor_read,
        marked_unread=shown.marked_unread,
        last_message=last_message(shown),
        may_reply=access.may_reply(operator, shown),
        queued=shown.queued,
        handed_over=shown.handed_over,
        escalates_at=due.at if due and due.timer is Timer.ESCALATION else None,
        alarm=shown.alarm.value if shown.alarm else None,
        priority=shown.priority.value,
        requested_at=shown.requested_at,
        rating=rating(shown.rated),
        created_at=shown.created_at,
        activity_at=shown.activity_at,
        waiting_since=shown.waiting_since,
        assignee_assigned_at=shown.assignee.assigned_at if shown.assignee else None,
        assignee_opened_at=shown.assignee.opened_at if shown.assignee else None,
    )


def moved(shown: Conversation) -> wire_frames.Moved:
    """For who had it before."""
    return wire_frames.Moved(
        conversation_id=shown.id,
        rev=shown.rev,
        operator=person(shown.assignee),
        branch_id=shown.branch_id,
    )


def last_message(shown: Conversation) -> wire.Snippet:
    return wire.Snippet(
        direction=shown.last_direction.value,
        body=shown.last_snippet,
        file=shown.last_file.value if shown.last_file else None,
    )


def contact(shown: Contact) -> wire_endings.ContactDetails:
    return wire_endings.ContactDetails(
        id=shown.id, name=shown.name, email=shown.email, phone=shown.phone
    )


def previous(shown: Conversation, operator: Operator) -> wire_details.PreviousConversation:
    """A former conversation of a contact, as far as it is this operator's to know."""
    theirs = access.may_see(operator, shown)
    return wire_details.PreviousConversation(
        id=shown.id,
        status=shown.status.value,
        branch_id=shown.branch_id,
        assignee=person(shown.assignee),
        created_at=shown.created_at,
        last_message=last_message(shown) if theirs else None,
        may_open=theirs,
    )


def place_found(shown: Place) -> wire.Place:
    return wire.Place(
        country=shown.country,
        subdivision=shown.subdivision,
        city=shown.city,
        names={"ru": shown.name_ru, "en": shown.name_en},
        time_zone=shown.time_zone,
    )


def evidence(place: Place, route: Route, assignment: Assignment | None) -> wire.Evidence:
    return wire.Evidence(
        place=place_found(place),
        reason=route.reason.value,
        rule=route.rule,
        branch_id=route.branch_id,
        assignment=_assignment(assignment) if assignment else None,
    )


def _assignment(shown: Assignment) -> wire.Assignment:
    return wire.Assignment(
        operator=wire.Person(id=shown.operator_id, name=shown.operator_name),
        assigned_at=shown.assigned_at,
        cause=shown.cause.value,
        considered=[
            wire.Considered(
                id=each.id, name=each.name, open=each.open, standing=each.standing.value
            )
            for each in shown.considered
        ],
    )


def history(shown: Iterable[ActivityEvent]) -> list[wire.HistoryEntry]:
    return [_entry(each) for each in shown]


def _entry(shown: ActivityEvent) -> wire.HistoryEntry:
    before, after = shown.before or {}, shown.after or {}
    return wire.HistoryEntry(
        at=shown.at,
        action=shown.action.value,  # type: ignore[arg-type]  # a conversation has no other ones
        actor=None if shown.actor == SYSTEM else author(shown.actor),
        cause=after.get("cause", after.get("alarm")),
        from_operator=_named(before),
        to_operator=_named(after),
        from_branch_id=before.get("branch_id"),
        to_branch_id=after.get("branch_id"),
        note=after.get("note") or None,
        score=wire.Score(scale=after["scale"], score=after["score"]) if "score" in after else None,
    )


def _named(facts: Facts) -> wire.Person | None:
    if not facts.get("operator_id"):
        return None
    return wire.Person(id=facts["operator_id"], name=facts["operator_name"])


def given(conversation_id: str, shown: Assignment) -> wire.Given:
    return wire.Given(conversation_id=conversation_id, assignment=_assignment(shown))


def team(shown: Iterable[Crew]) -> wire.Team:
    return wire.Team(branches=[_crew(each) for each in shown])


def _crew(shown: Crew) -> wire.TeamBranch:
    return wire.TeamBranch(
        id=shown.branch.id,
        name=shown.branch.name,
        open=shown.open,
        changes_at=shown.changes_at,
        queued=shown.pool.queued,
        members=[
            wire.TeamMember(
                id=each.operator_id,
                name=each.name,
                presence=each.presence.value,
                connected=each.operator_id in shown.connected,
                open=each.open,
                capacity=each.capacity,
            )
            for each in shown.pool.members
        ],
    )


def _inbox_entry(shown: Inbox) -> wire.InboxEntry:
    return wire.InboxEntry(id=shown.id, name=shown.name, attachments=rules(shown.attachments))


def directory(
    branches: Iterable[Branch],
    inboxes: Iterable[Inbox],
    operators: Iterable[Operator],
    pools: Iterable[Pool],
) -> wire.Directory:
    members = {member.operator_id: member for pool in pools for member in pool.members}
    return wire.Directory(
        branches=[wire.BranchEntry(id=each.id, name=each.name) for each in branches],
        inboxes=[_inbox_entry(each) for each in inboxes],
        operators=[_colleague(each, members[each.id]) for each in operators if each.id in members],
    )


def _colleague(shown: Operator, member: Member) -> wire.Colleague:
    return wire.Colleague(
        id=shown.id,
        name=shown.name,
        role=shown.role.value,
        branch_id=shown.branch_id,
        presence=member.presence.value,
        open=member.open,
        photo=shown.photo,
        invited=shown.invited,
    )


def operator(shown: Operator, presence: Presence) -> wire.Operator:
    return wire.Operator(
        id=shown.id,
        name=shown.name,
        email=shown.email,
        role=shown.role.value,
        branch_id=shown.branch_id,
        presence=presence.value,
    )


def record(shown: Operator) -> wire_settings.OperatorRecord:
    """An operator as admins see them."""
    return wire_settings.OperatorRecord(
        id=shown.id,
        name=shown.name,
        email=shown.email,
        role=shown.role.value,
        branch_id=shown.branch_id,
        capacity=shown.capacity,
        active=shown.active,
        invited=shown.invited,
        photo=shown.photo,
    )
