"""The demo's organisation: three branches, their region rules, an inbox, and its people."""

from datetime import UTC, datetime

from chalicelib.actions import staff
from chalicelib.domain.branch import Branch, RegionRule, Scope
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator, Role
from chalicelib.store import organisation, settled
from chalicelib.store.staff import by_email

PASSWORD = "messenger-demo"  # noqa: S105  # of people who exist in the demo only
DOMAIN = "demo.example"
INBOX = Inbox(id="demo", name="Мастерская")

EKB = Branch(id="ekb", name="Екатеринбург")
MSK = Branch(id="msk", name="Москва")
SPB = Branch(id="spb", name="Санкт-Петербург")

RULES = {"RU-SVE": EKB, "RU-KHM": EKB, "RU-MOW": MSK, "RU-SPE": SPB}

PEOPLE = (
    ("anna", "Анна Уралова", Role.OPERATOR, EKB),
    ("oleg", "Олег Исетский", Role.OPERATOR, EKB),
    ("maria", "Мария Московская", Role.OPERATOR, MSK),
    ("pavel", "Павел Арбатов", Role.OPERATOR, MSK),
    ("irina", "Ирина Невская", Role.OPERATOR, SPB),
    ("viktor", "Виктор Ладожский", Role.OPERATOR, SPB),
    ("elena", "Елена Смотрова", Role.SUPERVISOR, None),
    ("admin", "Администратор", Role.ADMIN, None),
)


def email(name: str) -> str:
    return f"{name}@{DOMAIN}"


def apply() -> None:
    """Fills an empty table; harmless when repeated."""
    for branch in (EKB, MSK, SPB):
        organisation.save_branch(branch)
    for place, branch in RULES.items():
        rule = RegionRule(scope=Scope.SUBDIVISION, place=place, branch_id=branch.id)
        organisation.save_rule(rule)
    organisation.save_default_branch(EKB.id)
    organisation.save_inbox(INBOX)
    for name, full_name, role, home in PEOPLE:
        if by_email(email(name)) is None:
            operator = Operator(
                id=name,
                name=full_name,
                email=email(name),
                role=role,
                branch_id=home.id if home else None,
                capacity=10,
                session_epoch=0,
            )
            staff.hire(operator, PASSWORD, datetime.now(UTC))
    settled.clear()


if __name__ == "__main__":
    apply()
