"""Ordinary work around the stories, so that every report and mart has rows.

Nothing is random: who calls when, and what about, follows from a number.
"""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import moment
from gladly_sandbox.ids import slug
from gladly_sandbox.stories.stage import Stage, later
from gladly_sandbox.things import RULE, by_agent, by_customer

#: How many ordinary conversations there are, and how many people have them.
CONVERSATIONS, PEOPLE = 42, 28
FIRST_DAY = "2025-01-13 14:00"
CHANNELS = (
    "CHAT",
    "EMAIL",
    "PHONE_CALL",
    "SMS",
    "EMAIL",
    "WHATSAPP",
    "CHAT",
    "FB_MESSENGER",
    "PHONE_CALL",
    "VOICEMAIL",
    "INSTAGRAM_DIRECT",
)
FIRST_NAMES = ("Abel", "Bria", "Cato", "Dina", "Egon", "Fern", "Gus")
LAST_NAMES = ("Madeup", "Pretend", "Storied", "Unreal")
QUESTIONS = (
    "Where is my parcel?",
    "The zip is broken, sadly.",
    "Can I pay in two parts?",
    'Wrong colour, "teal" is not blue',
    "I forgot my password",
)
#: Days on which agents' comings and goings are recorded.
SHIFTS = ("2025-02-03", "2025-02-04", "2025-02-11", "2025-03-24", "2025-06-27")


def everyday(stage: Stage) -> None:
    """Play the ordinary conversations, shifts and tasks."""
    people = [_person(stage, number) for number in range(PEOPLE)]
    for number in range(CONVERSATIONS):
        _conversation(stage, number, people[number % PEOPLE])
    for day in SHIFTS:
        for number, agent in enumerate(stage.company.agents()):
            _shift(stage, later(f"{day} 13:55", number * 2), agent)
    _gone_quiet(stage)
    _nights(stage)
    for number in range(3):
        _task(stage, people[number], number)


def _person(stage: Stage, number: int) -> str:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES)]
    return stage.tenant.add_customer(
        later(FIRST_DAY, -60 - number),
        f"{first} {last}",
        emails=[f"{first}.{last}@example.com"],
        phones=[f"+120255501{number + 50:02d}"],
        address=f"{number + 1} Invented Street, Nowhere",
        external_ids={"shop": f"shop-{number:04d}"},
        custom_attributes={"tier": ("gold", "blue")[number % 2]},
    )


def _conversation(stage: Stage, number: int, owner: str) -> None:
    """Play a conversation; some have two contacts, notes, or several topics."""
    company, tenant = stage.company, stage.tenant
    at = later(FIRST_DAY, number * 60 * 48 + number % 6 * 65)
    agent = company.agents()[number % 4]
    inbox = company.inboxes()[number // 2 % 4]
    made = tenant.open_conversation(at, owner, inbox=inbox)
    stage.handled(
        at,
        made,
        owner,
        agent,
        channel=CHANNELS[number % len(CHANNELS)],
        inbox=inbox,
        sla_seconds=(60, 600, 3600)[number % 3],
        handle_seconds=90 + number * 7.25,
        after_contact_seconds=number % 4 * 5.5,
        question=QUESTIONS[number % len(QUESTIONS)],
    )
    if number % 5 == 0:
        tenant.add_note(later(at, 9), made, "Polite guest.", by=by_agent(agent))
    if number % 4 == 1:
        _follow_up(stage, later(at, 60), made, agent)
    if number % 6 == 2:
        _second_contact(stage, later(at, 90), made, owner, inbox, number)
    topics = company.topics()
    chosen = {topics[number % 5], topics[number * 3 % 5]}
    tenant.change_topics(
        later(at, 150),
        made,
        add=[topic for topic in topics if topic in chosen],
        by=RULE if number % 3 == 0 else by_agent(agent),
    )
    tenant.close(
        later(at, 180 + number),
        made,
        by=RULE if number % 7 == 3 else by_agent(agent),
    )


def _follow_up(stage: Stage, at: datetime, made: str, agent: str) -> None:
    """Write to the customer once more, unasked: an outbound e-mail."""
    tenant, by = stage.tenant, by_agent(agent)
    contact = tenant.start_contact(at, made, "EMAIL", initiator=by, agent=agent)
    tenant.message(
        at,
        made,
        "Did all go well?",
        by=by,
        channel="EMAIL",
        contact=contact,
        subject="Following up",
    )
    tenant.work(later(at, 3), contact, agent, 88.5, unknown_seconds=2.5)
    tenant.end_contact(later(at, 3), contact, reason="NO_REPLY_NEEDED")


def _second_contact(
    stage: Stage, at: datetime, made: str, owner: str, inbox: str, number: int
) -> None:
    """Have the first agent decline and the next one answer; a rule replies too."""
    company, tenant = stage.company, stage.tenant
    first = company.agents()[(number + 1) % 4]
    second = company.agents()[(number + 2) % 4]
    contact = tenant.start_contact(at, made, "SMS", sla_seconds=900)
    tenant.message(
        at, made, "And my other parcel?", by=by_customer(owner), channel="SMS",
        contact=contact,
    )  # fmt: skip
    tenant.message(
        later(at, seconds=1),
        made,
        "We have your message.",
        by=RULE,
        channel="SMS",
        in_export=False,
    )
    tenant.offer(later(at, 1), contact, first)
    tenant.reject(later(at, 2), contact, first, "DECLINED")
    tenant.offer(later(at, 3), contact, second)
    tenant.accept(later(at, 4), contact, second)
    tenant.assign(
        later(at, 4), made, inbox=inbox, agent=second, reason="CONTACT_OFFERED"
    )
    tenant.message(
        later(at, 6), made, "Tomorrow.", by=by_agent(second), channel="SMS",
        contact=contact,
    )  # fmt: skip
    tenant.fulfil(later(at, 6), contact)
    tenant.work(later(at, 10), contact, second, 130)
    tenant.end_contact(later(at, 10), contact)


def _shift(stage: Stage, at: datetime, agent: str) -> None:
    """Log in, be available, pause for lunch, and log out; recorded a little late."""
    tenant = stage.tenant
    lunch, back = later(at, 180), later(at, 212)
    tenant.agent_status(
        later(at, seconds=1.5), agent, "LOGGED_IN", occurred_at=at, reason="Working"
    )
    tenant.agent_availability(later(at, 1), agent, ["MAIL", "MESSAGING", "VOICE"])
    tenant.agent_availability(lunch, agent, [])
    tenant.agent_status(lunch, agent, "WENT_AWAY", reason="Lunch")
    tenant.agent_status(
        back, agent, "RETURNED_FROM_AWAY", reason="Lunch", away_since=lunch
    )
    tenant.agent_availability(later(back, seconds=2), agent, ["MAIL", "TASK"])
    tenant.agent_status(later(at, 300), agent, "CHANGED_ACTIVE_REASON", reason="Coach")
    tenant.agent_status(later(at, 480), agent, "LOGGED_OUT")


def _gone_quiet(stage: Stage) -> None:
    """Leave an agent idle until Gladly logs them out: no return is recorded."""
    tenant, agent = stage.tenant, stage.company.eli
    tenant.agent_status("2025-02-11 14:00", agent, "LOGGED_IN", reason="Working")
    tenant.agent_availability("2025-02-11 14:01", agent, ["MESSAGING"])
    tenant.agent_status("2025-02-11 19:00", agent, "WENT_AWAY")
    tenant.agent_status("2025-02-11 20:00", agent, "LOGGED_OUT")


def _nights(stage: Stage) -> None:
    """Be away over midnight, and the night after still be logged in at the end."""
    agent = stage.company.eli
    for at, status, reason in (
        ("2025-06-28 21:30", "LOGGED_IN", "Working"),
        ("2025-06-28 23:20", "WENT_AWAY", "Meal"),
        ("2025-06-29 00:10", "RETURNED_FROM_AWAY", "Meal"),
        ("2025-06-29 05:30", "LOGGED_OUT", None),
        ("2025-06-29 21:30", "LOGGED_IN", "Working"),
    ):
        stage.tenant.agent_status(
            at, agent, status, reason=reason, event_id=slug("night", at)
        )


def _task(stage: Stage, customer: str, number: int) -> None:
    company, tenant = stage.company, stage.tenant
    at = moment(f"2025-02-1{number + 1} 16:00")
    task = tenant.add_task(
        at,
        customer,
        "<p>Call back about the parcel</p>",
        inbox=company.support,
        due_at=later(at, 60 * 24),
        by=by_agent(company.ada),
    )
    tenant.change_task(
        later(at, 30),
        task,
        "ASSIGNEE_UPDATED",
        by=by_agent(company.ada),
        inbox=company.support,
        agent=company.ben,
    )
    tenant.change_task(
        later(at, 40),
        task,
        "COMMENT_ADDED",
        by=by_agent(company.ben),
        extra={"commentId": f"comment-{number}"},
    )
    if number:
        tenant.change_task(later(at, 60 * 20), task, "CLOSED", by=by_agent(company.ben))
