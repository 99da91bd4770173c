"""The demo's organisation: three branches, their region rules, an inbox, and its people."""

from datetime import UTC, datetime

from chalicelib.actions import staff
from chalicelib.domain.branch import Branch, RegionRule, Scope
from chalicelib.domain.inbox import Inbox, OfflineText
from chalicelib.domain.operator import Operator, Role
from chalicelib.store import organisation, settled
from chalicelib.store.staff import by_email

PASSWORD = "messenger-demo"  # noqa: S105  # of people who exist in the demo only
DOMAIN = "demo.example"
INBOX = Inbox(
    id="demo",
    name="Мастерская",
    time_zone="Europe/Moscow",
    offline_text=OfflineText(
        ru="Сейчас мы не работаем. Напишите нам: ответим, как только откроемся.",
        en="We are closed at the moment. Leave a message: we will answer as soon as we open.",
    ),
)

EKB = Branch(
    id="ekb",
    name="Екатеринбург",
    time_zone="Asia/Yekaterinburg",
    neighbours=("msk", "spb"),
)
MSK = Branch(id="msk", name="Москва", time_zone="Europe/Moscow", neighbours=("spb", "ekb"))
SPB = Branch(id="spb", name="Санкт-Петербург", time_zone="Europe/Moscow", neighbours=("msk", "ekb"))

RULES = (
    ("RU-SVE", "Свердловская область", "Sverdlovsk Oblast", EKB),
    ("RU-KHM", "Ханты-Мансийский автономный округ — Югра", "Khanty-Mansia", EKB),
    ("RU-MOW", "Москва", "Moscow", MSK),
    ("RU-SPE", "Санкт-Петербург", "St.-Petersburg", SPB),
)

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
    for place, name_ru, name_en, branch in RULES:
        rule = RegionRule(
            scope=Scope.SUBDIVISION,
            place=place,
            branch_id=branch.id,
            name_ru=name_ru,
            name_en=name_en,
        )
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
