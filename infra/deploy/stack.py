"""A CloudFormation stack: its state, and changing it by a change set that is shown first."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from infra.deploy import changes
from infra.deploy.account import Account
from infra.deploy.problem import Problem
from infra.deploy.talk import agree, say

_ADVICE = {
    "ROLLBACK_COMPLETE": "Its first creation failed and was taken back; CloudFormation cannot go "
    "on from there. Remove it (`make destroy`), then deploy again.",
    "ROLLBACK_FAILED": "Its first creation failed, and so did taking it back. Remove it "
    "(`make destroy`), then deploy again.",
    "CREATE_FAILED": "Its creation failed. Remove it (`make destroy`), then deploy again.",
    "DELETE_FAILED": "Its removal stopped half way. Finish it with `make destroy`.",
    "UPDATE_ROLLBACK_FAILED": "Its last update could not be taken back. Mend what the events name, "
    "then `aws cloudformation continue-update-rollback --stack-name {stack}`.",
}
# Parameters of the template: name → value.
Values = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """`region` differs from the account's for the web ACL only."""

    account: Account
    name: str
    region: str

    @property
    def client(self) -> Any:
        return self.account.client("cloudformation", self.region)

    def described(self) -> dict[str, Any] | None:
        """None when there is no such stack, or only the shell that a refused change set left."""
        try:
            found: dict[str, Any] = self.client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if found["StackStatus"] == "DELETE_COMPLETE" else found

    def status(self) -> str | None:
        found = self.described()
        return found["StackStatus"] if found else None

    def outputs(self) -> Values:
        found = self.described() or {}
        return {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])}

    def resources(self) -> list[dict[str, Any]]:
        pages = self.client.get_paginator("list_stack_resources").paginate(StackName=self.name)
        return [each for page in pages for each in page["StackResourceSummaries"]]

    def check(self) -> None:
        """Raises Problem when the stack is in a state from which no update can start."""
        status = self.status()
        if status in _ADVICE:
            raise Problem(f"{self.name} is {status}. {_ADVICE[status].format(stack=self.name)}")
        if status and status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
            raise Problem(
                f"{self.name} is {status}: somebody deploys it. Wait for the end and repeat."
            )

    def apply(self, template: Values, parameters: Values, *, yes: bool) -> bool:
        """Shows the change set, asks, runs it, waits; False when there was nothing to change.
        `template` is `{"TemplateURL": …}` or `{"TemplateBody": …}`.

        Raises Problem when the person says no, and when the change fails (the stack is then as it
        was).
        """
        self.check()
        is_new = self.status() in {None, "REVIEW_IN_PROGRESS"}
        name = f"deploy-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        self.client.create_change_set(
            StackName=self.name,
            ChangeSetName=name,
            ChangeSetType="CREATE" if is_new else "UPDATE",
            **template,
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
            Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        found = self._prepared(name)
        if found is None:
            self.client.delete_change_set(StackName=self.name, ChangeSetName=name)
            return False
        try:
            self._show(found)
            agree("Run this change set?", yes=yes)
        except (Problem, KeyboardInterrupt):
            self._take_back(name, is_new)
            raise
        known = {event["EventId"] for event in self._events()}
        self.client.execute_change_set(StackName=self.name, ChangeSetName=name)
        self.wait(known)
        return True

    def delete(self) -> None:
        """Raises Problem with what could not be removed."""
        known = {event["EventId"] for event in self._events()}
        self.client.delete_stack(StackName=self.name)
        self.wait(known)

    def wait(self, known: set[str]) -> None:
        """Until the stack rests again; failures are said as they happen, `known` events not again.

        Raises Problem unless the operation succeeded.
        """
        status, has_begun = "_IN_PROGRESS", False
        # What was asked for begins a moment later; until then the stack rests as before.
        while status.endswith("_IN_PROGRESS") or not has_begun:
            time.sleep(self.account.pace)
            for event in self._events():
                if event["EventId"] not in known:
                    known.add(event["EventId"])
                    has_begun = has_begun or event["LogicalResourceId"] == self.name
                    _tell(event)
            status = self.status() or "DELETE_COMPLETE"
            has_begun = has_begun or status == "DELETE_COMPLETE"
        if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"}:
            raise Problem(f"{self.name} ended as {status}; the first failure above is the cause.")

    def _prepared(self, name: str) -> list[changes.Change] | None:
        """The changes, once CloudFormation has worked them out; None when there are none."""
        while True:
            found = self.client.describe_change_set(StackName=self.name, ChangeSetName=name)
            if found["Status"] == "FAILED":
                reason = found.get("StatusReason", "")
                if "didn't contain changes" in reason or "No updates" in reason:
                    return None
                raise Problem(f"CloudFormation cannot make a change set: {reason}")
            if found["Status"] == "CREATE_COMPLETE":
                break
            time.sleep(self.account.pace)
        rows = [each["ResourceChange"] for each in found["Changes"]]
        while more := found.get("NextToken"):
            found = self.client.describe_change_set(
                StackName=self.name, ChangeSetName=name, NextToken=more
            )
            rows += [each["ResourceChange"] for each in found["Changes"]]
        return rows

    def _show(self, rows: Sequence[changes.Change]) -> None:
        say(f"\n{self.name} in {self.region}: {len(rows)} changes\n\n{changes.table(rows)}\n")
        changes.refuse_loss(rows)

    def _take_back(self, name: str, is_new: bool) -> None:
        self.client.delete_change_set(StackName=self.name, ChangeSetName=name)
        if is_new:
            self.client.delete_stack(StackName=self.name)

    def _events(self) -> list[dict[str, Any]]:
        """The newest page, oldest first: more than happens between two looks."""
        try:
            found = self.client.describe_stack_events(StackName=self.name)["StackEvents"]
        except ClientError as error:
            if "does not exist" in str(error):
                return []
            raise
        return list(reversed(found))


def _tell(event: dict[str, Any]) -> None:
    reason = event.get("ResourceStatusReason", "")
    if event["ResourceStatus"].endswith("_FAILED") and "cancelled" not in reason:
        say(f"  {event['ResourceStatus']}  {event['LogicalResourceId']}: {reason}")
