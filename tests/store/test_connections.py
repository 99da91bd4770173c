"""Sockets, their audiences, and tickets that are spent once."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.connection import branch_audience, contact_audience
from chalicelib.store import connections
from tests.support.company import ANNA, ELENA, OLEG
from tests.support.people import NOW, later, panel_of, widget_of

pytestmark = pytest.mark.usefixtures("table")


def test_a_socket_is_found_by_its_id_and_in_its_audience() -> None:
    panel, widget = panel_of(ANNA), widget_of("vera")

    assert connections.open_with(panel, "ticket-1")
    assert connections.open_with(widget, "ticket-2")

    assert connections.get(panel.id) == panel
    assert connections.of(branch_audience("ekb")) == [panel]
    assert connections.of(contact_audience("vera"), consistent=True) == [widget]


def test_a_supervisors_socket_is_in_every_branchs_audience() -> None:
    panel = panel_of(ELENA)

    connections.open_with(panel, "ticket")

    assert [connections.of(branch_audience(each)) for each in ("ekb", "msk")] == [[panel]] * 2


def test_a_ticket_opens_one_socket() -> None:
    assert connections.open_with(panel_of(ANNA, "first"), "ticket")

    assert not connections.open_with(panel_of(ANNA, "second"), "ticket")

    assert connections.get("second") is None
    assert [each.id for each in connections.of(branch_audience("ekb"))] == ["first"]


def test_a_ping_renews_the_lease_and_notes_what_is_on_the_screen() -> None:
    panel = panel_of(ANNA)
    connections.open_with(panel, "ticket")

    connections.touch(panel, "talk", later(seconds=30))

    seen = replace(panel, viewing="talk", seen_at=later(seconds=30))
    assert connections.of(branch_audience("ekb")) == [seen]
    assert connections.get(panel.id) == seen


def test_leaving_the_conversation_is_noted_too() -> None:
    panel = panel_of(ANNA)
    connections.open_with(panel, "ticket")
    connections.touch(panel, "talk", NOW)

    connections.touch(replace(panel, viewing="talk"), None, NOW)

    assert [each.viewing for each in connections.of(branch_audience("ekb"))] == [None]


def test_a_forgotten_socket_is_nowhere_and_a_late_ping_does_not_bring_it_back() -> None:
    panel, other = panel_of(ELENA), panel_of(OLEG)
    connections.open_with(panel, "ticket-1")
    connections.open_with(other, "ticket-2")

    for _ in range(2):
        connections.forget(panel)
    connections.touch(panel, "talk", later(seconds=30))
    connections.listen(panel, (branch_audience("spb"),))

    assert connections.get(panel.id) is None
    assert connections.of(branch_audience("ekb")) == [other]
    assert connections.of(branch_audience("msk")) == connections.of(branch_audience("spb")) == []
