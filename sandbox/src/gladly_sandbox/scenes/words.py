"""Events of 2025 that later specifications dropped, and merges known from one only."""

from __future__ import annotations

from datetime import timedelta

from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.things import API, Actor, by_customer


def play_words(setting: Setting, rounds: int) -> None:
    """Play a machine's talk, and a merge that CUSTOMER_PROFILE/MERGED alone reports."""
    t = setting.tenant
    for number in range(rounds):
        day = 1 + number % max(1, setting.days() - 2)
        at = setting.later(setting.day(day, 8), 0, 3600)
        owner, other = (setting.person(at - timedelta(hours=1)) for _ in range(2))
        held = t.open_conversation(at, owner, inbox=setting.pick(setting.inboxes))
        where = {"customerId": owner, "conversationId": held}
        for minutes, type_, by in (
            (1, "AUTOMATION/MESSAGE_RECEIVED", by_customer(owner)),
            (2, "AUTOMATION/MESSAGE_SENT", Actor("SYSTEM")),
            (3, "CUSTOM_CHANNEL/MESSAGE_SENT", API),
        ):
            t.record_event(
                at + timedelta(minutes=minutes),
                type_,
                {
                    **where,
                    "sessionId": f"session-{setting.number}",
                    "channelType": "CHAT",
                    "companyAddress": "shop",
                    "message": {
                        "id": t.new_id(),
                        "type": "TEXT",
                        "content": {"body": setting.text()},
                    },
                },
                by=by,
            )
        t.close(at + timedelta(minutes=30), held)
        merged = at + timedelta(hours=1)
        t.merge_profiles(merged, other, owner, in_events=False, in_timestamps=False)
        t.record_event(
            merged,
            "CUSTOMER_PROFILE/MERGED",
            {"sourceCustomerId": owner, "destinationCustomerId": other},
            by=None,
        )
