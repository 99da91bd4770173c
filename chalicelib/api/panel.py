"""The operators' routes."""

import random
from secrets import token_hex

from chalice.app import Blueprint

from chalicelib import present, wire
from chalicelib.actions import attachments, conversations, messages, sessions, staff, team, transfer
from chalicelib.actions.conversations import Tab
from chalicelib.api import auth, cursors, tokens
from chalicelib.api.endpoint import Call, Route
from chalicelib.config import config
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.history import assignment_of, explained
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft, clean_body
from chalicelib.domain.operator import Operator, Presence
from chalicelib.domain.session import Holder, Session
from chalicelib.errors import Invalid

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route("POST", "/panel/sign_in", wire.Session, request=wire.SignInRequest)
def sign_in(call: Call) -> wire.Session:
    """Tokens for an e-mail address and its password."""
    body = call.body(wire.SignInRequest)
    operator = staff.sign_in(body.email, body.password, call.address, call.now)
    session = sessions.begin(operator.id, operator.session_epoch, token_hex(16), call.now)
    return session_of(call, operator, session)


@route("POST", "/panel/refresh", wire.Session, request=wire.RefreshRequest)
def refresh(call: Call) -> wire.Session:
    """New tokens for the current refresh token; the one before gives the same ones for a minute."""
    body = call.body(wire.RefreshRequest)
    session = sessions.refreshed(Holder.OPERATOR, body.refresh_token, call.now)
    return session_of(call, auth.operator_of(session.subject_id, session.epoch), session)


@route("POST", "/panel/sign_out", wire.Nothing, bearer="operator")
def sign_out(call: Call) -> wire.Nothing:
    """Ends all sessions and sockets of the operator."""
    staff.sign_out(auth.operator(call.headers))
    return wire.Nothing()


@route("GET", "/panel/directory", wire.Directory, bearer="operator")
def directory(call: Call) -> wire.Directory:
    """Branches, inboxes and colleagues by id."""
    auth.operator(call.headers)
    known = staff.colleagues()
    return present.directory(known.branches, known.inboxes, known.operators, known.pools)


@route(
    "GET",
    "/panel/conversations",
    wire.ConversationList,
    bearer="operator",
    query={"tab": wire.Tab, "next": str},
    socket=True,
)
def list_conversations(call: Call) -> wire.ConversationList:
    """A page of a tab: the queue with the longest wait first, the others with the newest activity
    first.
    """
    operator = auth.operator(call.headers)
    tab = _tab(call.text("tab"))
    cursor = cursors.read(call.text("next"), _scope(operator, tab))
    return _page(operator, tab, conversations.listed(operator, tab, cursor))


@route("GET", "/panel/lists", wire.Lists, bearer="operator", socket=True)
def lists(call: Call) -> wire.Lists:
    """The first pages of an operator's own conversations and of the queue, read at once."""
    operator = auth.operator(call.headers)
    mine, queue = conversations.lists(operator)
    return wire.Lists(mine=_page(operator, Tab.MINE, mine), queue=_page(operator, Tab.QUEUE, queue))


@route(
    "POST",
    "/panel/conversations/{conversation_id}/open",
    wire.Opened,
    bearer="operator",
    socket=True,
)
def open_conversation(call: Call, conversation_id: str) -> wire.Opened:
    """The thread with its evidence; the assignee's first look stops the escalation clock."""
    operator = auth.operator(call.headers)
    opened = conversations.open_conversation(operator, conversation_id, call.now)
    found = opened.found
    return wire.Opened(
        conversation=present.for_operator(opened.conversation, operator),
        messages=present.messages(opened.messages),
        evidence=present.evidence(found.place, found.route, assignment_of(opened.history)),
        history=present.history(opened.history),
    )


@route(
    "GET",
    "/panel/conversations/{conversation_id}/messages",
    wire.Messages,
    bearer="operator",
    query={"after": wire.Seq, "before": wire.Seq},
)
def read_messages(call: Call, conversation_id: str) -> wire.Messages:
    """The messages after or before a `seq`; the newest when neither is given."""
    operator = auth.operator(call.headers)
    after, before = call.number("after"), call.number("before")
    found = conversations.read(operator, conversation_id, after=after, before=before)
    return wire.Messages(messages=present.messages(found))


@route(
    "POST",
    "/panel/conversations/{conversation_id}/messages",
    wire.Replied,
    request=wire.ReplyRequest,
    status=201,
    bearer="operator",
    socket=True,
)
def reply(call: Call, conversation_id: str) -> wire.Replied:
    """Stores a reply, once per `client_id`; the first reply to a queued conversation claims it."""
    operator, body = auth.operator(call.headers), call.body(wire.ReplyRequest)
    draft = Draft(
        client_id=body.client_id,
        author=Author(kind=AuthorKind.OPERATOR, id=operator.id, name=operator.name),
        direction=Direction.OUT,
        body=clean_body(body.body, body.attachments),
        at=call.now,
        via=call.socket,
        attachments=attachments.sent_by_operator(
            operator, conversation_id, body.attachments, body.client_id
        ),
    )
    said = messages.reply(operator, conversation_id, draft, body.after)
    return wire.Replied(
        message=present.message(said.message),
        conversation=present.for_operator(said.conversation, operator),
    )


@route(
    "POST",
    "/panel/conversations/{conversation_id}/take",
    wire.ConversationAnswer,
    bearer="operator",
)
def take(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """Claims a queued conversation; 409 tells who was faster."""
    operator = auth.operator(call.headers)
    return _answer(conversations.take(operator, conversation_id, call.now), operator)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/resolve",
    wire.ConversationAnswer,
    bearer="operator",
)
def resolve(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """Closes the operator's own conversation; the visitor's next message reopens it."""
    operator = auth.operator(call.headers)
    resolved = conversations.resolve(operator, conversation_id, call.now, random.choice)
    return _answer(resolved, operator)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/take_over",
    wire.ConversationAnswer,
    bearer="operator",
)
def take_over(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """A supervisor makes a colleague's conversation, or a queued one, their own."""
    operator = auth.operator(call.headers)
    taken = conversations.take_over(operator, conversation_id, call.now, random.choice)
    return _answer(taken, operator)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/transfer_to_branch",
    wire.ConversationAnswer,
    request=wire.TransferToBranchRequest,
    bearer="operator",
)
def transfer_to_branch(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """To the first who is free in a branch, else into its queue; 409 `branch_closed` unless
    `anyway`. The assignee does this, and supervisors.
    """
    operator, body = auth.operator(call.headers), call.body(wire.TransferToBranchRequest)
    handing = transfer.Handing(by=operator, note=_note(body.note), anyway=body.anyway)
    moved = transfer.to_branch(handing, conversation_id, body.branch_id, call.now, random.choice)
    return _answer(moved, operator)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/transfer_to_operator",
    wire.ConversationAnswer,
    request=wire.TransferToOperatorRequest,
    bearer="operator",
)
def transfer_to_operator(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """To a colleague by name, and into their branch; 409 `operator_offline` unless `anyway`. The
    assignee does this, and supervisors.
    """
    operator, body = auth.operator(call.headers), call.body(wire.TransferToOperatorRequest)
    handing = transfer.Handing(by=operator, note=_note(body.note), anyway=body.anyway)
    moved = transfer.to_operator(
        handing, conversation_id, body.operator_id, call.now, random.choice
    )
    return _answer(moved, operator)


@route("GET", "/panel/team", wire.Team, bearer="operator")
def team_now(call: Call) -> wire.Team:
    """Every branch with its people: whether it is open, who is there, how much they have to do."""
    auth.operator(call.headers)
    return present.team(team.crews(call.now))


@route(
    "GET",
    "/panel/team/{branch_id}/given",
    wire.GivenList,
    bearer="operator",
    query={"next": str},
)
def given_today(call: Call, branch_id: str) -> wire.GivenList:
    """For supervisors: who of a branch was given what since its midnight, and why; newest first."""
    operator = auth.operator(call.headers)
    scope = f"{operator.id}|given|{branch_id}"
    before = cursors.read(call.text("next"), scope)
    page, following = team.given_today(operator, branch_id, call.now, before)
    return wire.GivenList(
        items=[present.given(each.subject_id, explained(each)) for each in page],
        next=cursors.sign(following, scope),
    )


@route(
    "POST",
    "/panel/conversations/{conversation_id}/mark_read",
    wire.ConversationAnswer,
    request=wire.MarkReadRequest,
    bearer="operator",
    socket=True,
)
def mark_read(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """Notes what the assignee has on the screen; anybody else's look leaves no trace."""
    operator, body = auth.operator(call.headers), call.body(wire.MarkReadRequest)
    marked = conversations.mark_read(operator, conversation_id, body.in_count, call.socket)
    return _answer(marked, operator)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/mark_unread",
    wire.ConversationAnswer,
    bearer="operator",
)
def mark_unread(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """Shows the assignee their conversation as unread until they open it again; the visitor's ticks
    stay.
    """
    operator = auth.operator(call.headers)
    return _answer(conversations.mark_unread(operator, conversation_id), operator)


@route(
    "POST",
    "/panel/presence",
    wire.OperatorAnswer,
    request=wire.PresenceRequest,
    bearer="operator",
)
def choose_presence(call: Call) -> wire.OperatorAnswer:
    """Sets the operator's presence; who comes online is given what waits in the queue."""
    operator = auth.operator(call.headers)
    chosen = Presence(call.body(wire.PresenceRequest).presence)
    staff.choose_presence(operator, chosen, call.now, random.choice)
    return wire.OperatorAnswer(operator=present.operator(operator, chosen))


@route("POST", "/panel/socket_ticket", wire.Ticket, bearer="operator")
def socket_ticket(call: Call) -> wire.Ticket:
    """A ticket for the panel's socket."""
    operator = auth.operator(call.headers)
    ticket = tokens.operator_ticket(operator, token_hex(16), call.now)
    return wire.Ticket(ticket=ticket, url=config().socket_url)


def session_of(call: Call, operator: Operator, session: Session) -> wire.Session:
    return wire.Session(
        access_token=tokens.for_operator(operator, call.now),
        refresh_token=sessions.token(Holder.OPERATOR, session),
        operator=present.operator(operator, staff.presence(operator)),
    )


def _note(text: str | None) -> str | None:
    return (text or "").strip() or None


def _answer(conversation: Conversation, operator: Operator) -> wire.ConversationAnswer:
    return wire.ConversationAnswer(conversation=present.for_operator(conversation, operator))


def _page(operator: Operator, tab: Tab, page: conversations.Page) -> wire.ConversationList:
    return wire.ConversationList(
        items=[present.for_operator(each, operator) for each in page.items],
        next=cursors.sign(page.next, _scope(operator, tab)),
        list_rev=page.list_rev,
    )


def _scope(operator: Operator, tab: Tab) -> str:
    return f"{operator.id}|{tab.value}"


def _tab(text: str | None) -> Tab:
    try:
        return Tab(text or Tab.MINE)
    except ValueError as error:
        raise Invalid("There is no such tab.", field="tab") from error
