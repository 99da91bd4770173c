"""What becomes of conversations and open panels when branches are added and deleted."""

from chalicelib.store import settled
from tests.api.test_settings_company import BRANCHES, RULES, ask, made
from tests.support.company import ADMIN, ANNA, ELENA
from tests.support.door import bearer, get, request
from tests.support.geoip import BERLIN
from tests.support.scene import Guest
from tests.support.sockets import socket_of


def german(branch_id: str) -> None:
    rule = {"scope": "country", "place": "DE", "branch_id": branch_id}
    assert ask("POST", RULES, rule).status == 200


def closed_in(branch_id: str) -> Guest:
    """A guest from Germany whose conversation was resolved in a branch that is no more."""
    german(branch_id)
    guest = Guest.arrive(address=BERLIN)
    guest.say()
    one = f"/panel/conversations/{guest.conversation_id}"
    for act in ("take", "resolve"):
        assert request("POST", f"{one}/{act}", {}, bearer(ELENA)).status == 200
    assert ask("DELETE", f"{RULES}/country/DE").status == 200
    assert ask("DELETE", f"{BRANCHES}/{branch_id}").status == 200
    return guest


def test_a_supervisor_who_is_there_already_hears_of_a_new_branch_after_a_ping() -> None:
    socket = socket_of(ELENA)
    new = made()["id"]
    german(new)
    socket.ping()

    Guest.arrive(address=BERLIN).say()

    heard = {each["conversation"]["branch_id"] for each in socket.heard() if "conversation" in each}
    assert heard == {new}


def test_who_writes_again_after_the_branch_was_deleted_reaches_the_default_one() -> None:
    guest = closed_in(made()["id"])

    answer = guest.say("Ещё вопрос")

    assert answer.status == 201, answer
    waiting = get("/panel/conversations?tab=queue", bearer(ANNA)).body["items"]
    assert [(each["id"], each["branch_id"]) for each in waiting] == [(guest.conversation_id, "ekb")]


def test_supervisors_still_find_what_had_ended_there() -> None:
    guest = closed_in(made()["id"])

    found = get("/panel/conversations?tab=closed", bearer(ADMIN)).body["items"]

    assert guest.conversation_id in [each["id"] for each in found]


def test_a_process_that_has_not_heard_of_the_deletion_routes_again() -> None:
    new = made()["id"]
    german(new)
    before = settled.organisation()
    ask("DELETE", f"{RULES}/country/DE")
    ask("DELETE", f"{BRANCHES}/{new}")
    assert before is not None
    settled._organisations.get("", lambda: before)

    answer = Guest.arrive(address=BERLIN).say()

    assert answer.status == 201, answer
    waiting = get("/panel/conversations?tab=queue", bearer(ANNA)).body["items"]
    assert [each["branch_id"] for each in waiting] == ["ekb"]
