"""Work Sessions, Contact Export and Contact Timestamps.

The first two are frozen (rules R06, R13, R32): a row keeps the customer and
conversation ids of the contact's end for ever, through merges and deletions. Times in
Work Sessions are always ISO with ``Z``, since the report names no time zone.
``within_sla`` is printed ``true`` or ``false``: the real literal is not public.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gladly_sandbox.clock import between, decimal
from gladly_sandbox.extracts.desk import Desk, report_actor
from gladly_sandbox.extracts.emitted import ContactShown
from gladly_sandbox.extracts.plan import Window, bounds
from gladly_sandbox.office_hours import business_ms, main_schedule
from gladly_sandbox.things import Contact, Item, Part

_HOLDS = ("MANUAL", "WARM_TRANSFER", "COLD_TRANSFER", "CONFERENCE")


def write_work_sessions(desk: Desk, window: Window) -> None:
    """Write reports/WorkSessionEvents: one row per contact and agent (rule R31).

    A contact is anchored on its end, or on its start while open. An open contact is
    one placeholder row without id, agent and seconds; an ended one that no agent
    handled is one row with an id and no agent. The end minute is included.
    """
    start, end = bounds(window, desk.capture.timezone)
    if len(str(window[1])) != 10:
        end += timedelta(minutes=1)
    desk.write_report(
        "WorkSessionEvents", "work_sessions", _work_sessions(desk, start, end)
    )


def _work_sessions(desk: Desk, start: datetime, end: datetime) -> Iterator[list[str]]:
    note = desk.emitted.note
    for contact in desk.state.contacts.values():
        anchor = contact.ended_at or contact.queued_at
        if not start <= anchor < end or desk.hides("work_sessions", contact.id):
            continue
        note(desk.emitted.contacts, contact.id)
        note(desk.emitted.work_session_contacts, contact.id)
        note(desk.emitted.customers, contact.reported_customer_id())
        note(desk.emitted.conversations, contact.reported_conversation_id())
        note(desk.emitted.inboxes, contact.inbox_id)
        is_open = contact.ended_at is None
        works = [] if is_open else list(contact.works.values())
        _show(desk, "work_sessions", contact)
        if not works:
            yield _work_session_row(
                desk,
                contact,
                "" if is_open else contact.blank_work_session_id,
                "",
                Part(contact.offered_at, contact.accepted_at),
                ("", "", "") if is_open else ("0", "0", "0"),
            )
        for work in works:
            note(desk.emitted.work_sessions, (contact.id, work.agent_id))
            note(desk.emitted.agents, work.agent_id)
            part = contact.parts.get(work.agent_id, Part())
            note(desk.emitted.inboxes, part.accepted_inbox_id)
            yield _work_session_row(
                desk,
                contact,
                work.id,
                work.agent_id,
                part,
                (
                    decimal(work.handle_ms),
                    decimal(work.after_contact_ms),
                    decimal(work.unknown_ms),
                ),
            )


def _work_session_row(
    desk: Desk,
    contact: Contact,
    row_id: str,
    agent_id: str,
    part: Part,
    amounts: tuple[str, str, str],
) -> list[str]:
    within, iso = contact.within_sla(), desk.iso
    return [
        row_id,
        contact.id,
        iso(contact.queued_at),
        contact.reported_customer_id(),
        contact.reported_conversation_id(),
        contact.inbox_id or "",
        contact.channel,
        contact.direction,
        iso(part.accepted_at),
        iso(part.routed_at),
        agent_id,
        iso(contact.fulfilled_at),
        iso(contact.ended_at),
        contact.end_status or "",
        "" if within is None else str(within).lower(),
        *amounts,
        part.accepted_inbox_id or "",
    ]


def write_contact_export(desk: Desk, window: Window) -> None:
    """Write reports/ContactExportReportV3: one row per contact, by queue time.

    Values are filled at the start and at the end; in between the row is mostly
    blank. Time within business hours is that of the company's main schedule, the plain
    time when it has none, and payments are 0.
    """
    start, end = bounds(window, desk.capture.timezone)
    desk.write_report(
        "ContactExportReportV3", "contact_export", _contacts(desk, start, end)
    )


def _contacts(desk: Desk, start: datetime, end: datetime) -> Iterator[list[str]]:
    note = desk.emitted.note
    for contact in desk.state.contacts.values():
        if not start <= contact.queued_at < end:
            continue
        if desk.hides("contact_export", contact.id):
            continue
        note(desk.emitted.contacts, contact.id)
        note(desk.emitted.contact_export, contact.id)
        note(desk.emitted.customers, contact.reported_customer_id())
        note(desk.emitted.conversations, contact.reported_conversation_id())
        _show(desk, "contact_export", contact)
        yield _contact_row(desk, contact)


def _show(desk: Desk, extract: str, contact: Contact) -> None:
    works = contact.works.values()
    desk.emitted.contacts_shown.setdefault(contact.id, []).append(
        ContactShown(
            desk.at,
            extract,
            contact.ended_at is None,
            sum(work.handle_ms for work in works),
            sum(work.after_contact_ms for work in works),
            sum(work.unknown_ms for work in works),
        )
    )


def _contact_row(desk: Desk, contact: Contact) -> list[str]:
    stamp = desk.stamp
    base = desk.state.organization["gladlyUrl"]
    known = [
        desk.zone_name(),
        "All Channels",
        "All Inboxes",
        stamp(contact.queued_at),
        contact.reported_customer_id(),
        contact.reported_conversation_id(),
        contact.id,
        f"{base}/conversations/{contact.reported_conversation_id()}",
        contact.channel,
        contact.direction,
        report_actor(contact.initiator.type).title(),
        contact.entry_point or "",
        contact.ivr_selection or "",
    ]
    queued_inbox = desk.inbox_name(contact.queued_inbox_id)
    if contact.ended_at is None:
        row = [*known, "", "", queued_inbox]
        row += [""] * 5 + [stamp(contact.due_at), "", "", decimal(contact.sla_ms)]
        return row + [""] * (63 - len(row))
    queued, ended = contact.queued_at, contact.ended_at
    fulfilled, accepted = contact.fulfilled_at, contact.accepted_at
    wait = _gap(queued, fulfilled)
    schedule = main_schedule(desk.state.business_hours.values())
    handle = sum(work.handle_ms for work in contact.works.values())
    after = sum(work.after_contact_ms for work in contact.works.values())
    held = {reason: 0 for reason in _HOLDS}
    times = {reason: 0 for reason in _HOLDS}
    for reason, length in contact.holds:
        held[reason] += length
        times[reason] += 1
    senders = [item.initiator.type for item in contact.messages if item.initiator]
    customers = sum(s in ("CUSTOMER", "INTERNAL", "EXTERNAL") for s in senders)
    is_call = contact.channel == "PHONE_CALL"
    return [
        *known,
        contact.fulfilled_type or "",
        contact.end_status or "",
        queued_inbox,
        desk.inbox_name(contact.inbox_id),
        desk.agent_name(contact.agent_id),
        stamp(contact.offered_at),
        stamp(accepted),
        stamp(fulfilled),
        stamp(contact.due_at),
        stamp(ended),
        stamp(contact.answered_at),
        decimal(contact.sla_ms),
        wait,
        wait if schedule is None else decimal(business_ms(schedule, queued, fulfilled)),
        _gap(queued, accepted),
        _gap(queued, ended),
        _gap(accepted, fulfilled),
        _gap(contact.due_at, fulfilled),
        _gap(fulfilled, ended),
        contact.fulfilled_by or "",
        decimal(handle),
        decimal(after),
        decimal(handle + after),
        decimal(contact.talk_ms) if is_call else "",
        decimal(sum(held.values())) if is_call else "",
        *(decimal(held[reason]) if is_call else "" for reason in _HOLDS),
        str(len(contact.messages)),
        str(customers),
        str(senders.count("AGENT")),
        str(senders.count("AUTOMATION")),
        str(senders.count("API") + senders.count("SYSTEM")),
        _average_reply(contact.messages, by_agent=True),
        _average_reply(contact.messages, by_agent=False),
        str(contact.times_offered),
        str(contact.times_accepted),
        str(contact.times_missed),
        str(contact.times_declined),
        str(contact.times_transferred),
        str(sum(times.values())),
        *(str(times[reason]) for reason in _HOLDS),
        *("0", "0", "0", "0"),
    ]


def _gap(start: datetime | None, end: datetime | None) -> str:
    return "" if start is None or end is None else decimal(between(start, end))


def _average_reply(messages: list[Item], *, by_agent: bool) -> str:
    """Average the gaps from one side's first unanswered message to the reply."""
    gaps: list[int] = []
    waiting: datetime | None = None
    for item in messages:
        if item.initiator is None or item.initiator.type not in ("AGENT", "CUSTOMER"):
            continue
        if (item.initiator.type == "AGENT") is by_agent:
            if waiting is not None:
                gaps.append(between(waiting, item.at))
            waiting = None
        else:
            waiting = waiting or item.at
    return decimal(round(sum(gaps) / len(gaps))) if gaps else ""


def write_contact_timestamps(desk: Desk, window: Window) -> None:
    """Write reports/ContactTimestampsReport: the 14 columns that are known.

    Recomputed: ids are those of the contact's conversation and customer now, and
    contacts of deleted conversations are gone.
    """
    start, end = bounds(window, desk.capture.timezone)
    desk.write_report(
        "ContactTimestampsReport", "contact_timestamps", _moments(desk, start, end)
    )


def _moments(desk: Desk, start: datetime, end: datetime) -> Iterator[list[str]]:
    note = desk.emitted.note
    for event in desk.state.events:
        contact, held = event.contact, event.conversation
        if contact is None or held is None or not event.in_timestamps:
            continue
        held = held.current()
        owner = held.customer.current()
        if not start <= event.at < end or held.deleted_at or owner.deleted_at:
            continue
        if desk.hides_event("contact_timestamps", event):
            continue
        before = event.content["context"]["assignee"]
        inbox, agent = before.get("inboxId"), before.get("agentId")
        note(desk.emitted.contacts, contact.id)
        desk.emitted.contact_moments[event.id] = (held.id, owner.id)
        note(desk.emitted.conversations, held.id)
        note(desk.emitted.customers, owner.id)
        note(desk.emitted.inboxes, inbox)
        note(desk.emitted.agents, agent)
        by = event.initiator
        desk.emitted.note_actor(by)
        yield [
            desk.zone_name(),
            desk.stamp(event.at),
            event.type,
            contact.id,
            held.id,
            owner.id,
            contact.channel,
            report_actor(by.type) if by else "",
            (by.id or "") if by else "",
            desk.agent_name(by.id) if by and by.type == "AGENT" else "",
            inbox or "",
            desk.inbox_name(inbox),
            agent or "",
            desk.agent_name(agent),
        ]
