"""The company: inboxes, topics, answers, opening hours, and what is asked where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from gladly_sandbox.half_year import calendar
from gladly_sandbox.half_year.staff import (
    MAIL,
    MESSAGING,
    PHONES,
    SPECIALISTS,
    TeamPlan,
)
from gladly_sandbox.tenant import Tenant

#: Seconds in which a contact is to be fulfilled.
SLA = {
    "EMAIL": 43_200,
    "CHAT": 60,
    "PHONE_CALL": 30,
    "SMS": 900,
    "WHATSAPP": 900,
    "VOICEMAIL": 86_400,
}
#: Inbox -> its share of all conversations, and the channels customers use there.
INBOXES = {
    "Orders": (
        38,
        {"EMAIL": 30, "CHAT": 30, "PHONE_CALL": 18, "SMS": 10, "WHATSAPP": 12},
    ),
    "Returns": (22, {"EMAIL": 44, "CHAT": 24, "PHONE_CALL": 16, "WHATSAPP": 16}),
    "Product Advice": (14, {"CHAT": 52, "EMAIL": 22, "PHONE_CALL": 14, "WHATSAPP": 12}),
    "Billing": (11, {"EMAIL": 48, "PHONE_CALL": 34, "CHAT": 18}),
    "Stores": (9, {"PHONE_CALL": 62, "EMAIL": 24, "SMS": 14}),
    "Wholesale": (6, {"EMAIL": 74, "PHONE_CALL": 26}),
}
CLUB_INBOX = "Trail Club"
CLUB_CHANNELS = {"CHAT": 42, "EMAIL": 34, "PHONE_CALL": 14, "WHATSAPP": 10}
#: Root topic -> its children, and of an inbox the topics that are asked about there.
TOPICS = {
    "Orders": (
        "Where is my order",
        "Change or cancel",
        "Wrong item",
        "Damaged in transit",
    ),
    "Returns": ("Start a return", "Refund status", "Exchange"),
    "Payments": ("Charged twice", "Gift cards", "Invoice"),
    "Products": ("Sizing", "Care and repair", "Availability"),
    "Account": ("Password", "Delivery address"),
}
CLUB_TOPICS = ("Joining", "Club discount", "Cancel membership")
MOVED = "Damaged in transit"
_ASKED = {
    "Orders": {
        "Where is my order": 46,
        "Change or cancel": 18,
        "Damaged in transit": 14,
        "Wrong item": 10,
        "Delivery address": 12,
    },
    "Returns": {
        "Start a return": 42,
        "Refund status": 36,
        "Exchange": 16,
        "Damaged in transit": 6,
    },
    "Product Advice": {"Sizing": 44, "Availability": 34, "Care and repair": 22},
    "Billing": {"Charged twice": 28, "Invoice": 26, "Gift cards": 30, "Password": 16},
    "Stores": {"Availability": 58, "Exchange": 24, "Care and repair": 18},
    "Wholesale": {"Invoice": 44, "Availability": 36, "Where is my order": 20},
    CLUB_INBOX: {"Joining": 46, "Club discount": 38, "Cancel membership": 16},
}
ASKS = {
    "Where is my order": "Where is my order? It should have come by now",
    "Change or cancel": "Can I still change my order",
    "Wrong item": "I got something that I did not order",
    "Damaged in transit": "The box came open and what was in it is broken",
    "Start a return": "I want to send this back",
    "Refund status": "When do I get my money back",
    "Exchange": "Can I have it one size larger",
    "Charged twice": "I was charged twice",
    "Gift cards": "My gift card does not work",
    "Invoice": "Please send me an invoice",
    "Sizing": "Which size should I take",
    "Care and repair": "How do I wash this, and can the zip be mended",
    "Availability": "Will you have this in green again",
    "Password": "I cannot log in",
    "Delivery address": "My address has changed",
    "Joining": "How do I join the club",
    "Club discount": "The club discount is not in my basket",
    "Cancel membership": "I want to leave the club",
}
REPLIES = (
    "Let me look that up for you", "A new one is on its way", "It leaves us today",
    "The money is on its way back", "Could you send a photo", "That is done",
    "I am sorry about that", "Please try the link again", "Here is what you asked for",
)  # fmt: skip


@dataclass
class Setting:
    """Ids by name."""

    inboxes: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    club_answer: str = ""


def team_of(inbox: str, channel: str) -> TeamPlan:
    """Return the team that takes a channel of an inbox."""
    if inbox in ("Billing", "Wholesale"):
        return SPECIALISTS
    if channel in ("PHONE_CALL", "VOICEMAIL"):
        return PHONES
    return MAIL if channel == "EMAIL" else MESSAGING


def topic_of(rng: Random, inbox: str, day: date) -> str:
    """Return what somebody asks about on a day."""
    weights = dict(_ASKED[inbox])
    if inbox == "Orders" and calendar.is_bad(day):
        weights["Where is my order"] *= 3
    if inbox == "Returns" and day > date(2025, 12, 26):
        weights["Start a return"] *= 2
    (chosen,) = rng.choices(list(weights), list(weights.values()))
    return chosen


def found(tenant: Tenant) -> Setting:
    """Create inboxes, topics, answers and opening hours, and what changes of them."""
    made = Setting()
    for name in INBOXES:
        made.inboxes[name] = tenant.add_inbox(
            "Product Help" if name == "Product Advice" else name
        )
    tenant.rename_inbox(
        calendar.at_clock(date(2025, 8, 20), 36_000),
        made.inboxes["Product Advice"],
        "Product Advice",
    )
    for root, children in TOPICS.items():
        made.topics[root] = tenant.add_topic(root)
        for name in children:
            made.topics[name] = tenant.add_topic(name, made.topics[root])
    ready = calendar.at_clock(calendar.LAUNCHED - timedelta(days=3), 36_000)
    made.inboxes[CLUB_INBOX] = tenant.add_inbox(CLUB_INBOX, at=ready)
    made.topics[CLUB_INBOX] = tenant.add_topic(CLUB_INBOX, at=ready)
    for name in CLUB_TOPICS:
        made.topics[name] = tenant.add_topic(
            name, made.topics[CLUB_INBOX], at=ready + timedelta(minutes=1)
        )
    tenant.move_topic(
        calendar.at_clock(calendar.TOPIC_MOVED, 7 * 3600),
        made.topics[MOVED],
        made.topics["Returns"],
    )
    _hours(tenant)
    _answers(tenant, made, ready)
    return made


def _hours(tenant: Tenant) -> None:
    week = {
        day: [("08:00", "20:00")]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
    }
    tenant.set_business_hours(
        "Customer care",
        {**week, "sunday": [("08:00", "16:00")]},
        hours_id="bh_care",
        timezone=calendar.ZONE,
        exceptions=[
            {
                "name": "Christmas",
                "start": "2025-12-25T00:00:00Z",
                "stop": "2025-12-27T00:00:00Z",
                "scheduleBlocks": [{"start": "08:00", "stop": "16:00"}],
            }
        ],
    )


def _answers(tenant: Tenant, made: Setting, ready: datetime) -> None:
    for name in ("Tracking a parcel", "How to return", "Refunds", "Size guide"):
        answer = tenant.add_answer(tenant.start, name)
        for kind in ("public", "email", "messaging"):
            text = f"<p>{name}, step by step.</p>"
            tenant.set_answer_content(tenant.start, answer, kind, text, title=name)
        made.answers.append(answer)
    made.club_answer = tenant.add_answer(ready, "Joining the Trail Club")
    for kind in ("public", "email"):
        tenant.set_answer_content(
            ready, made.club_answer, kind, "<p>Join in the app.</p>", title="The club"
        )
