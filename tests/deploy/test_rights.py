"""Least privilege: each function does its part with its policy, and fails without any one action.

Where a statement names several resources or actions, each is taken away by itself.
"""

from typing import Any

import pytest

from infra.package.template import POLICIES, policy
from tests.deploy import stories
from tests.deploy.cloud import Cloud, listed
from tests.deploy.receiver import Receiver
from tests.deploy.stories import Story

AWS_ONLY = {
    "Logs": "the emulator writes the functions' logs itself",
    "Tracing": "the emulator does not trace",
    "Stream": "the poller's rights: the emulator's poller asks nobody",
    "ListStreams": "the poller's rights",
    "FailedRecordsBucket": "the poller's rights",
    "FailedRecords": "the poller's rights",
    "Poll": "the poller's rights",
}
"""Statements that only AWS can prove, and why."""

FUNCTIONS = {
    "api_handler": "APIHandler",
    "websocket_connect": "WebsocketConnect",
    "websocket_message": "WebsocketMessage",
    "websocket_disconnect": "WebsocketDisconnect",
    "tick": "Tick",
    "retain": "Retain",
    "fan_out": "FanOut",
    "deliver": "Deliver",
    "escalate": "Escalate",
}

# The story that fails without an action; for a statement with several resources, by their place.
STORIES: dict[tuple[str, str], dict[str | int, Story]] = {
    ("api_handler", "Table"): {
        "dynamodb:GetItem": stories.a_day_in_the_panel,
        "dynamodb:BatchGetItem": stories.a_day_in_the_panel,
        "dynamodb:Query": stories.a_day_in_the_panel,
        "dynamodb:PutItem": stories.a_day_in_the_panel,
        "dynamodb:UpdateItem": stories.a_day_in_the_panel,
        "dynamodb:DeleteItem": stories.a_webhook_comes_and_goes,
        "dynamodb:BatchWriteItem": stories.a_reply_is_pushed,
        "dynamodb:ConditionCheckItem": stories.somebody_comes_by_a_link,
    },
    ("api_handler", "Indexes"): {
        0: stories.lists_of_all,
        1: stories.lists_of_ones_own,
        2: stories.health_in_depth,
    },
    ("api_handler", "Secrets"): {
        0: stories.a_cold_start_reads_the_secrets,
        1: stories.a_cold_start_reads_the_secrets,
    },
    ("api_handler", "Push"): {0: stories.a_reply_is_pushed},
    ("api_handler", "CloseSockets"): {0: stories.signing_out_closes_sockets},
    ("api_handler", "Photos"): {
        "s3:PutObject": stories.a_photo_comes_and_goes,
        "s3:DeleteObject": stories.a_photo_comes_and_goes,
    },
    ("api_handler", "Attachments"): {
        0: stories.a_picture_is_sent_and_fetched,
        1: stories.a_picture_is_sent_and_fetched,
    },
    ("api_handler", "QueueDepths"): {
        0: stories.health,
        1: stories.health_in_depth,
        2: stories.health_in_depth,
    },
    ("websocket_connect", "Table"): {
        "dynamodb:GetItem": stories.an_operator_comes_and_is_given_what_waits,
        "dynamodb:Query": stories.an_operator_comes_and_is_given_what_waits,
        "dynamodb:PutItem": stories.a_socket_opens,
        "dynamodb:UpdateItem": stories.an_operator_comes_and_is_given_what_waits,
        "dynamodb:DeleteItem": stories.an_operator_comes_and_is_given_what_waits,
        "dynamodb:BatchWriteItem": stories.an_operator_comes_and_is_given_what_waits,
    },
    ("websocket_connect", "SecretKey"): {0: stories.a_socket_opens_cold},
    ("websocket_connect", "Push"): {0: stories.an_operator_comes_and_is_given_what_waits},
    ("websocket_message", "Table"): {
        "dynamodb:GetItem": stories.a_ping_renews_and_is_answered,
        "dynamodb:BatchGetItem": stories.a_ping_renews_and_is_answered,
        "dynamodb:Query": stories.a_text_over_a_socket_is_stored_and_pushed,
        "dynamodb:PutItem": stories.a_text_over_a_socket_is_stored_and_pushed,
        "dynamodb:UpdateItem": stories.a_ping_renews_and_is_answered,
        "dynamodb:DeleteItem": stories.a_first_text_over_a_socket_is_given_to_somebody,
        "dynamodb:BatchWriteItem": stories.a_ping_renews_and_is_answered,
    },
    ("websocket_message", "Indexes"): {
        0: stories.a_view_over_a_socket,
        1: stories.lists_over_a_socket,
    },
    ("websocket_message", "SecretKey"): {0: stories.a_text_over_a_cold_socket},
    ("websocket_message", "Push"): {0: stories.a_ping_renews_and_is_answered},
    ("websocket_message", "CheckedFiles"): {0: stories.a_picture_is_sent_over_a_socket},
    ("websocket_message", "SentFiles"): {0: stories.a_picture_is_sent_over_a_socket},
    ("websocket_message", "CloseSockets"): {0: stories.a_stranger_is_shown_out},
    ("websocket_disconnect", "Table"): {
        "dynamodb:GetItem": stories.a_socket_closes,
        "dynamodb:BatchWriteItem": stories.a_socket_closes,
    },
    ("tick", "Table"): {
        "dynamodb:GetItem": stories.the_tick_gives_out_what_waits,
        "dynamodb:BatchGetItem": stories.the_tick_gives_out_what_waits,
        "dynamodb:Query": stories.the_tick_gives_out_what_waits,
        "dynamodb:PutItem": stories.the_tick_gives_out_what_waits,
        "dynamodb:UpdateItem": stories.the_tick_gives_out_what_waits,
        "dynamodb:DeleteItem": stories.the_tick_gives_out_what_waits,
        "dynamodb:BatchWriteItem": stories.the_tick_gives_out_what_waits,
    },
    ("tick", "Indexes"): {0: stories.the_tick_queues_what_falls_due},
    ("tick", "Push"): {0: stories.the_tick_gives_out_what_waits},
    ("tick", "Queues"): {
        0: stories.the_tick_queues_what_falls_due,
        1: stories.the_tick_queues_a_timer,
    },
    ("retain", "Table"): {0: stories.what_was_resolved_long_ago_is_closed},
    ("retain", "Indexes"): {0: stories.what_was_resolved_long_ago_is_closed},
    ("fan_out", "Table"): {
        "dynamodb:GetItem": stories.a_message_is_fanned_out,
        "dynamodb:BatchGetItem": stories.a_message_is_fanned_out,
        "dynamodb:Query": stories.a_message_is_fanned_out,
    },
    ("fan_out", "Queues"): {
        0: stories.a_message_is_fanned_out,
        1: stories.a_timer_that_begins_is_queued,
    },
    ("deliver", "Table"): {
        "dynamodb:GetItem": stories.a_delivery_is_made,
        "dynamodb:Query": stories.a_delivery_is_made_cold,
        "dynamodb:PutItem": stories.a_delivery_is_made,
    },
    ("deliver", "Queue"): {0: stories.a_delivery_that_failed_is_queued_again},
    ("deliver", "GiveUp"): {0: stories.a_delivery_to_nobody_is_given_up},
    ("escalate", "Table"): {
        "dynamodb:GetItem": stories.what_was_not_opened_moves_on,
        "dynamodb:Query": stories.what_was_not_opened_moves_on,
        "dynamodb:PutItem": stories.what_was_not_opened_moves_on,
        "dynamodb:UpdateItem": stories.what_was_not_opened_moves_on,
        "dynamodb:DeleteItem": stories.what_was_not_opened_moves_on,
        "dynamodb:BatchWriteItem": stories.what_was_not_opened_moves_on,
    },
    ("escalate", "Queue"): {0: stories.a_timer_that_came_early_waits},
    ("escalate", "Push"): {0: stories.what_was_not_opened_moves_on},
}

RIGHTS = [
    (function, statement["Sid"], action, place)
    for function in FUNCTIONS
    for statement in policy(function)["Statement"]
    if statement["Sid"] not in AWS_ONLY
    for action in listed(statement["Action"])
    for place in range(len(listed(statement["Resource"])))
]
TOLD = sorted({told for by_right in STORIES.values() for told in by_right.values()}, key=str)


@pytest.fixture(scope="module", autouse=True)
def _nothing_runs_by_itself(cloud: Cloud) -> None:
    """Stories call the background functions; a poller or a tick beside them could do their part."""
    cloud.hold_still()


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.__name__)
def test_with_its_policy_a_function_does_its_part(
    cloud: Cloud, receiver: Receiver, told: Story
) -> None:
    told(cloud, receiver)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: "-".join(map(str, right)))
def test_no_function_may_do_more_than_it_must(
    cloud: Cloud, receiver: Receiver, right: tuple[str, str, str, int]
) -> None:
    function, sid, action, place = right
    by_right = STORIES[function, sid]
    told = by_right[action] if action in by_right else by_right[place]

    with (
        cloud.without(FUNCTIONS[function], sid, action, place),
        pytest.raises((AssertionError, OSError)),
    ):
        told(cloud, receiver)


def test_every_function_has_a_policy_of_its_own() -> None:
    assert {path.stem for path in POLICIES.glob("*.yaml")} == set(FUNCTIONS)


def test_only_what_aws_demands_is_a_wildcard() -> None:
    wild = {
        (statement["Sid"], resource)
        for function in FUNCTIONS
        for statement in policy(function)["Statement"]
        for resource in map(_text, listed(statement["Resource"]))
        if "*" in resource
    }
    actions = [
        action
        for function in FUNCTIONS
        for statement in policy(function)["Statement"]
        for action in listed(statement["Action"])
    ]

    assert {sid for sid, _ in wild} == {
        "Attachments",
        "CheckedFiles",
        "CloseSockets",
        "FailedRecords",
        "ListStreams",
        "Photos",
        "Push",
        "SentFiles",
        "Tracing",
    }
    assert not [action for action in actions if "*" in action]


def _text(resource: Any) -> str:
    return resource if isinstance(resource, str) else str(next(iter(resource.values())))
