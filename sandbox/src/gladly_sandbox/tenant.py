"""The world a story or a generator plays in: a log of happenings at UTC moments.

Every method records that something happens ``at`` a moment, given as an aware
datetime or as text (``2025-03-01 09:30``, UTC). Calls may come in any order: they
are played in time order, and in call order within one millisecond. Impossible
happenings (closing twice, a second open conversation, rule R08) raise
``ImpossibleError`` when played; call ``check()`` to play everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gladly_sandbox.clock import When, milliseconds, moment, rfc3339
from gladly_sandbox.ids import IdFactory
from gladly_sandbox.state import MESSAGE_CHANNELS, State
from gladly_sandbox.things import (
    RULE,
    SYSTEM,
    Actor,
    Agent,
    AgentMoment,
    Answer,
    AnswerUse,
    Contact,
    Conversation,
    Customer,
    Inbox,
    Json,
    Phone,
    Task,
    Team,
    Topic,
    by_agent,
    by_customer,
)

#: Names of the extracts that ``Tenant.hide`` understands.
EXTRACTS = (
    "work_sessions",
    "contact_export",
    "conversation_export",
    "conversation_timestamps",
    "contact_timestamps",
    "agent_timestamps",
    "answer_usage",
    "events",
    "conversation_items",
    "customers_file",
    "customer_profiles",
    "conversations",
    "customer_lookups",
    "conversation_lookups",
    "topics",
    "agents",
    "inboxes",
    "answers",
)

_CONTENT_TYPES = {
    channel: kind
    for kind, channel in MESSAGE_CHANNELS.items()
    if kind != "VOICE_AI_MESSAGE"
}


class ImpossibleError(ValueError):
    """A recorded happening cannot happen; the message says what, when and why."""


@dataclass(frozen=True)
class Happening:
    """One entry of the log."""

    at: datetime
    number: int
    what: str
    play: Callable[[State], None]


class Player:
    """Plays a tenant's log forward, so that later moments build on earlier ones."""

    def __init__(self, tenant: Tenant) -> None:
        """Start before the first happening."""
        self._log = sorted(tenant.log, key=lambda entry: (entry.at, entry.number))
        self._next = 0
        self.state = State(tenant.seed)

    def advance(self, at: datetime | None = None) -> State:
        """Play up to and including ``at`` (None: to the end) and return the state.

        Raises:
            ImpossibleError: when a happening cannot happen.
        """
        while self._next < len(self._log):
            entry = self._log[self._next]
            if at is not None and entry.at > at:
                break
            try:
                entry.play(self.state)
            except ValueError as error:
                raise ImpossibleError(
                    f"{entry.what} at {rfc3339(entry.at)}: {error}"
                ) from error
            self._next += 1
        return self.state


class Tenant:
    """A fictitious company on Gladly.

    Attributes:
        seed: decides every id that the caller does not supply.
        start: when inboxes, agents and topics exist by default.
        log: the happenings recorded so far.
        hidden: (extract, id) pairs that the writers leave out.
    """

    def __init__(
        self,
        seed: int = 0,
        start: When = "2025-01-01",
        *,
        name: str = "Larkspur Outfitters",
        timezone: str = "America/New_York",
    ) -> None:
        """Found the company; ``timezone`` is the organisation's IANA zone."""
        self.seed = seed
        self.start = moment(start)
        self.log: list[Happening] = []
        self.hidden: set[tuple[str, str]] = set()
        self.extra: list[tuple[str, datetime, Json]] = []
        self._ids = IdFactory(seed)
        organization = {
            "id": self.new_id(),
            "loginDomain": "larkspur.example.com",
            "name": name,
            "timezone": timezone,
            "gladlyUrl": "https://larkspur.example.com",
        }
        self._add(
            self.start,
            "organization",
            lambda state: state.organization.update(organization),
        )

    def _add(self, at: When, what: str, play: Callable[[State], None]) -> datetime:
        when = moment(at)
        self.log.append(Happening(when, len(self.log), what, play))
        return when

    # Reading ---------------------------------------------------------------

    def new_id(self) -> str:
        """Return a fresh 22-character slug (it may begin with ``-`` or ``_``)."""
        return self._ids.slug()

    def new_hex_id(self) -> str:
        """Return a fresh id of 32 hex digits, as inboxes and teams have."""
        return self._ids.hex_id()

    def player(self) -> Player:
        """Return a player at the beginning of the log."""
        return Player(self)

    def state_at(self, at: When | None = None) -> State:
        """Return the world as of ``at`` (None: the end); plays from the start."""
        return self.player().advance(None if at is None else moment(at))

    def check(self) -> None:
        """Play everything once.

        Raises:
            ImpossibleError: when a happening cannot happen.
        """
        self.state_at()

    def end(self) -> datetime:
        """Return the moment of the last happening."""
        return max(entry.at for entry in self.log)

    # What extracts show ----------------------------------------------------

    def hide(self, extract: str, *ids: str) -> None:
        """Leave rows about ``ids`` out of every capture of an extract.

        Args:
            extract: one of ``EXTRACTS``.
            ids: for reports and entities the row's own id; for
                ``conversation_timestamps``, ``contact_timestamps`` and ``events``
                any id the event is about (contact, conversation, customer, task).

        Raises:
            ValueError: for an extract that does not exist.
        """
        if extract not in EXTRACTS:
            raise ValueError(f"no extract {extract!r}; one of {', '.join(EXTRACTS)}")
        self.hidden.update((extract, an_id) for an_id in ids)

    def add_record(self, extract: str, at: When, record: Json) -> None:
        """Write a record that the world knows nothing of, as evidence or noise.

        It lands in the first capture of the extract taken at or after ``at`` and in
        no other. Report rows are given by header text; missing columns stay blank
        and echo columns are filled in. Events, items and entities are given whole.

        Args:
            extract: one of ``EXTRACTS``.
            at: earliest capture.
            record: the row or object.

        Raises:
            ValueError: for an extract that does not exist.
        """
        if extract not in EXTRACTS:
            raise ValueError(f"no extract {extract!r}; one of {', '.join(EXTRACTS)}")
        self.extra.append((extract, moment(at), record))

    # Inboxes, agents, teams, hours -----------------------------------------

    def add_inbox(
        self, name: str, *, at: When | None = None, inbox_id: str | None = None
    ) -> str:
        """Create an inbox and return its id."""
        made = inbox_id or self.new_hex_id()
        self._add(
            at or self.start,
            f"inbox {name!r}",
            lambda state: state.inboxes.update({made: Inbox(made, name)}),
        )
        return made

    def rename_inbox(self, at: When, inbox_id: str, name: str) -> None:
        """Rename an inbox."""
        self._add(
            at, "rename inbox", lambda state: state.set_inbox(inbox_id, name, None)
        )

    def swap_inbox_names(self, at: When, first: str, second: str) -> None:
        """Let two inboxes exchange their names at once."""
        self._add(
            at, "swap inboxes", lambda state: state.swap_inbox_names(first, second)
        )

    def disable_inbox(self, at: When, inbox_id: str) -> None:
        """Disable an inbox."""
        self._add(
            at, "disable inbox", lambda state: state.set_inbox(inbox_id, None, True)
        )

    def enable_inbox(self, at: When, inbox_id: str) -> None:
        """Enable an inbox again."""
        self._add(
            at, "enable inbox", lambda state: state.set_inbox(inbox_id, None, False)
        )

    def add_agent(
        self,
        name: str,
        *,
        at: When | None = None,
        agent_id: str | None = None,
        email: str | None = None,
    ) -> str:
        """Create an agent and return the id."""
        made = agent_id or self.new_id()
        address = email or f"{name.lower().replace(' ', '.')}@larkspur.example.com"
        self._add(
            at or self.start,
            f"agent {name!r}",
            lambda state: state.agents.update({made: Agent(made, name, address)}),
        )
        return made

    def deactivate_agent(
        self, at: When, agent_id: str, *, unassign: bool = True
    ) -> None:
        """Deactivate an agent; open conversations lose them (USER_DEACTIVATION)."""
        when = moment(at)
        self._add(
            at,
            "deactivate agent",
            lambda state: state.deactivate_agent(when, agent_id, unassign),
        )

    def add_team(
        self,
        name: str,
        agent_ids: Sequence[str],
        *,
        at: When | None = None,
        team_id: str | None = None,
        description: str | None = None,
    ) -> str:
        """Create a team, or replace its members, and return its id."""
        made = team_id or self.new_hex_id()
        members = list(agent_ids)
        self._add(
            at or self.start,
            f"team {name!r}",
            lambda state: state.teams.update(
                {made: Team(made, name, members, description)}
            ),
        )
        return made

    def set_business_hours(
        self,
        name: str,
        week: dict[str, Sequence[tuple[str, str]]],
        *,
        at: When | None = None,
        hours_id: str | None = None,
        timezone: str = "America/New_York",
        version: int = 1,
        primary: bool = True,
        exceptions: Sequence[Json] = (),
    ) -> str:
        """Set business hours: ``{"monday": [("09:00", "17:00")], …}``.

        A missing weekday is closed. Returns the ``bh_`` id.
        """
        made = hours_id or f"bh_{self.new_id()}"
        when = rfc3339(moment(at or self.start))
        days: Json = {
            day: [{"start": start, "stop": stop} for start, stop in blocks]
            for day, blocks in week.items()
        }
        body: Json = {
            "id": made,
            "version": version,
            "name": name,
            "primary": primary,
            "createdAt": rfc3339(self.start),
            "updatedAt": when,
            "officeHours": {
                "timezone": timezone,
                **days,
                "exceptions": list(exceptions),
            },
        }
        self._add(
            at or self.start,
            "business hours",
            lambda state: state.set_business_hours(body),
        )
        return made

    def agent_status(
        self,
        at: When,
        agent_id: str,
        status: str,
        *,
        occurred_at: When | None = None,
        reason: str | None = None,
        away_since: When | None = None,
        event_id: str | None = None,
    ) -> None:
        """Record AGENT_STATUS.

        Args:
            at: when it was recorded.
            agent_id: whose status.
            status: LOGGED_IN, LOGGED_OUT, WENT_AWAY, RETURNED_FROM_AWAY or
                CHANGED_ACTIVE_REASON.
            occurred_at: when it happened, ``at`` by default.
            reason: away reason for WENT_AWAY and RETURNED_FROM_AWAY (None: idled
                away), active reason otherwise.
            away_since: ``awayAt`` of RETURNED_FROM_AWAY.
            event_id: id of the event; by default made from how many came before.
        """
        when = moment(at)
        is_away = status in ("WENT_AWAY", "RETURNED_FROM_AWAY")
        made = AgentMoment(
            when,
            moment(occurred_at or at),
            agent_id,
            f"AGENT_STATUS/{status}",
            away_reason=reason if is_away else None,
            active_reason=None if is_away else reason,
        )
        extra: Json = {}
        if reason is not None:
            what = {"id": reason.lower().replace(" ", "-"), "name": reason}
            extra["awayReason" if is_away else "activeReason"] = what
        if away_since is not None:
            extra["awayAt"] = rfc3339(moment(away_since))
        self._add(
            at,
            f"agent {status}",
            lambda state: state.agent_moment(made, extra, event_id),
        )

    def agent_availability(
        self,
        at: When,
        agent_id: str,
        available_for: Sequence[str],
        *,
        occurred_at: When | None = None,
    ) -> None:
        """Record AGENT_AVAILABILITY/UPDATED; MAIL, MESSAGING, TASK, VOICE or none."""
        kinds = tuple(sorted(available_for))
        made = AgentMoment(
            moment(at),
            moment(occurred_at or at),
            agent_id,
            "AGENT_AVAILABILITY/UPDATED",
            available_for=kinds,
        )
        self._add(
            at,
            "agent availability",
            lambda state: state.agent_moment(made, {"availableFor": list(kinds)}),
        )

    # Topics and answers ----------------------------------------------------

    def add_topic(
        self,
        name: str,
        parent: str | None = None,
        *,
        at: When | None = None,
        topic_id: str | None = None,
    ) -> str:
        """Create a topic under a parent id and return its id (rule R25: names)."""
        made = topic_id or self.new_id()
        self._add(
            at or self.start,
            f"topic {name!r}",
            lambda state: state.topics.update({made: Topic(made, name, parent)}),
        )
        return made

    def rename_topic(self, at: When, topic_id: str, name: str) -> None:
        """Rename a topic."""
        self._add(
            at,
            "rename topic",
            lambda state: state.set_topic(topic_id, name, None, False),
        )

    def move_topic(self, at: When, topic_id: str, parent: str | None) -> None:
        """Put a topic under another parent, or none (rule R24)."""
        self._add(at, "move topic", lambda state: state.move_topic(topic_id, parent))

    def disable_topic(self, at: When, topic_id: str) -> None:
        """Disable a topic."""
        self._add(
            at,
            "disable topic",
            lambda state: state.set_topic(topic_id, None, True, False),
        )

    def enable_topic(self, at: When, topic_id: str) -> None:
        """Enable a topic again."""
        self._add(
            at,
            "enable topic",
            lambda state: state.set_topic(topic_id, None, False, False),
        )

    def delete_topic(self, at: When, topic_id: str) -> None:
        """Take a topic off every list; conversations keep it."""
        self._add(
            at,
            "delete topic",
            lambda state: state.set_topic(topic_id, None, None, True),
        )

    def add_answer(
        self,
        at: When,
        name: str,
        *,
        answer_id: str | None = None,
        description: str | None = None,
        audience_ids: Sequence[str] = (),
    ) -> str:
        """Create an answer without contents and return its id."""
        when = moment(at)
        made = answer_id or self.new_id()
        audiences = list(audience_ids)
        self._add(
            at,
            f"answer {name!r}",
            lambda state: state.answers.update(
                {made: Answer(made, name, when, when, description, audiences)}
            ),
        )
        return made

    def set_answer_content(
        self,
        at: When,
        answer_id: str,
        type_: str,
        body_html: str,
        *,
        language: str = "en-us",
        title: str | None = None,
        subject: str | None = None,
        internal: bool | None = None,
    ) -> None:
        """Set the content of a language and type (public, email, messaging, …)."""
        when = moment(at)
        content: Json = {
            "answerId": answer_id,
            "language": language,
            "type": type_,
            "bodyHtml": body_html,
        }
        for key, value in (
            ("title", title),
            ("subject", subject),
            ("internal", internal),
        ):
            if value is not None:
                content[key] = value
        self._add(
            at,
            "answer content",
            lambda state: state.set_answer_content(
                when, answer_id, (language, type_), content
            ),
        )

    def remove_answer_content(
        self, at: When, answer_id: str, type_: str, *, language: str = "en-us"
    ) -> None:
        """Remove the content of a language and type."""
        when = moment(at)
        self._add(
            at,
            "remove answer content",
            lambda state: state.set_answer_content(
                when, answer_id, (language, type_), None
            ),
        )

    def delete_answer(self, at: When, answer_id: str) -> None:
        """Delete an answer for good; its usage stays."""
        when = moment(at)
        self._add(
            at, "delete answer", lambda state: state.delete_answer(when, answer_id)
        )

    def use_answer(
        self, at: When, answer_id: str, *, agent_id: str | None = None, clicks: int = 1
    ) -> None:
        """Count clicks on an answer."""
        used = AnswerUse(moment(at), answer_id, clicks, agent_id)
        self._add(at, "use answer", lambda state: state.use_answer(used))

    # Customers -------------------------------------------------------------

    def add_customer(
        self,
        at: When,
        name: str | None = None,
        *,
        emails: Sequence[str] = (),
        phones: Sequence[Phone | str] = (),
        customer_id: str | None = None,
        address: str | None = None,
        external_ids: dict[str, str] | None = None,
        custom_attributes: dict[str, str] | None = None,
    ) -> str:
        """Create a profile and return its id.

        A phone given as text is a MOBILE number. Uniqueness of addresses and
        mobiles (rules R02, R03) is not enforced: Gladly's data violates it too.
        """
        when = moment(at)
        made = customer_id or self.new_id()

        def play(state: State) -> None:
            state.add_customer(
                when,
                Customer(
                    made,
                    when,
                    when,
                    name,
                    address,
                    list(emails),
                    [p if isinstance(p, Phone) else Phone(p) for p in phones],
                    dict(external_ids or {}),
                    dict(custom_attributes or {}),
                ),
            )

        self._add(at, f"customer {made!r}", play)
        return made

    def update_customer(
        self,
        at: When,
        customer_id: str,
        *,
        name: str | None = None,
        emails: Sequence[str] | None = None,
        phones: Sequence[Phone] | None = None,
        custom_attributes: dict[str, str] | None = None,
    ) -> None:
        """Change parts of a profile; None leaves a part as it is."""
        when = moment(at)
        self._add(
            at,
            "update customer",
            lambda state: state.update_customer(
                when, customer_id, name, emails, phones, custom_attributes
            ),
        )

    def merge_profiles(
        self,
        at: When,
        survivor: str,
        absorbed: str,
        *,
        by: Actor = SYSTEM,
        reissue_items: bool = False,
        in_events: bool = True,
        in_timestamps: bool = True,
    ) -> None:
        """Merge one profile into another (rules R04, R10 to R12, R15).

        With nothing or one conversation open, every conversation keeps its id and
        moves to the survivor. With both open, the absorbed one's id is gone for
        good: its items, contacts and work belong to the survivor's from now on.

        Args:
            at: when.
            survivor: id of the profile that stays (old ids are followed).
            absorbed: id of the profile that goes.
            by: who merged.
            reissue_items: give all items of the absorbed profile new ids, calls
                excepted, since a call's id is its contact id too.
            in_events: whether the Events API reports the merge.
            in_timestamps: whether Conversation Timestamps report it.
        """
        when = moment(at)
        self._add(
            at,
            "merge profiles",
            lambda state: state.merge_profiles(
                when, survivor, absorbed, by, reissue_items, in_events, in_timestamps
            ),
        )

    def delete_customer(
        self, at: When, customer_id: str, *, by: Actor = SYSTEM
    ) -> None:
        """Erase a customer and all conversations (rule R32).

        Contacts still open end with reason CUSTOMER_DELETED. The ids vanish from
        recomputed reports and REST; Work Sessions and Contact Export keep them.
        """
        when = moment(at)
        self._add(
            at,
            "delete customer",
            lambda state: state.delete_customer(when, customer_id, by),
        )

    # Conversations ---------------------------------------------------------

    def open_conversation(
        self,
        at: When,
        customer_id: str,
        *,
        inbox: str | None = None,
        agent: str | None = None,
        by: Actor | None = None,
        conversation_id: str | None = None,
        second_open: bool = False,
    ) -> str:
        """Start a conversation and return its id.

        Args:
            at: when.
            customer_id: whose.
            inbox: inbox id it is created in.
            agent: agent id it is created with.
            by: who created it, the customer by default.
            conversation_id: an id to use.
            second_open: allow what rule R08 forbids.
        """
        when = moment(at)
        made = conversation_id or self.new_id()
        actor = by or by_customer(customer_id)
        self._add(
            at,
            f"conversation {made!r}",
            lambda state: state.open_conversation(
                when, made, customer_id, inbox, agent, actor, second_open
            ),
        )
        return made

    def assign(
        self,
        at: When,
        conversation_id: str,
        *,
        inbox: str | None = None,
        agent: str | None = None,
        reason: str = "MANUAL",
        by: Actor | None = None,
    ) -> None:
        """Assign to exactly this inbox and agent; None means none of that kind.

        ``reason`` is an assignment reason of Gladly (MANUAL, AUTOMATED_ASSIGNMENT,
        CONTACT_OFFERED, CUSTOMER_CONVERSATION_MERGE, …). ``by`` defaults to a rule,
        or to the agent when the reason is MANUAL and there is one.
        """
        when = moment(at)
        actor = by or (by_agent(agent) if agent and reason == "MANUAL" else RULE)
        self._add(
            at,
            "assign",
            lambda state: state.assign(
                when, conversation_id, inbox, agent, reason, actor
            ),
        )

    def change_topics(
        self,
        at: When,
        conversation_id: str,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        by: Actor = RULE,
        item_id: str | None = None,
        while_closed: bool = False,
    ) -> str:
        """Add and remove topics in one change; returns the TOPIC_CHANGE item id.

        Removing a topic that is not there leaves an event and an item but no
        interval. ``while_closed`` allows what rule R17 forbids.
        """
        when = moment(at)
        made = item_id or self.new_id()
        added, removed = list(add), list(remove)
        self._add(
            at,
            "change topics",
            lambda state: state.change_topics(
                when, conversation_id, made, added, removed, by, while_closed
            ),
        )
        return made

    def add_note(
        self,
        at: When,
        conversation_id: str,
        body: str,
        *,
        by: Actor,
        item_id: str | None = None,
    ) -> str:
        """Write an internal note; returns its item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at,
            "note",
            lambda state: state.add_note(when, conversation_id, made, body, by),
        )
        return made

    def wait(self, at: When, conversation_id: str) -> None:
        """Let a conversation wait for the customer; only REST shows WAITING."""
        when = moment(at)
        self._add(at, "wait", lambda state: state.wait(when, conversation_id))

    def close(
        self,
        at: When,
        conversation_id: str,
        *,
        by: Actor = RULE,
        item_id: str | None = None,
    ) -> str:
        """Close a conversation; open contacts end. Returns the item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at, "close", lambda state: state.close(when, conversation_id, made, by)
        )
        return made

    def reopen(
        self,
        at: When,
        conversation_id: str,
        *,
        by: Actor = SYSTEM,
        item_id: str | None = None,
        second_open: bool = False,
    ) -> str:
        """Open a closed conversation again. Returns the item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at,
            "reopen",
            lambda state: state.reopen(when, conversation_id, made, by, second_open),
        )
        return made

    def delete_conversation(self, at: When, conversation_id: str) -> None:
        """Erase one conversation, leaving no event (rule R32)."""
        when = moment(at)
        self._add(
            at,
            "delete conversation",
            lambda state: state.delete_conversation(when, conversation_id),
        )

    # Items -----------------------------------------------------------------

    def message(
        self,
        at: When,
        conversation_id: str,
        text: str,
        *,
        by: Actor,
        channel: str = "CHAT",
        contact: str | None = None,
        subject: str | None = None,
        item_id: str | None = None,
        in_export: bool = True,
        in_events: bool = True,
    ) -> str:
        """Send a message and return its item id.

        Args:
            at: when.
            conversation_id: where.
            text: what it says.
            by: who sent it: ``by_customer``, ``by_agent``, ``RULE``, ``API``, ``AI``.
            channel: CHAT, EMAIL, SMS, WHATSAPP, FB_MESSENGER, INSTAGRAM_DIRECT,
                TWITTER (for others use ``add_item``).
            contact: the contact it belongs to; makes a CONTACT/MESSAGE_* event.
            subject: of an e-mail; None leaves the key out, as Gladly does.
            item_id: an id to use.
            in_export: False for what export files omit (rule auto-replies).
            in_events: False for a contact message whose event was never captured.

        Raises:
            ValueError: for a channel that has no messages of this kind.
        """
        kind = _CONTENT_TYPES.get(channel)
        if kind is None:
            raise ValueError(f"no messages on channel {channel!r}")
        content: Json = {"type": kind, "content": text}
        inbound = by.type in ("CUSTOMER", "EXTERNAL", "INTERNAL")
        if kind == "CHAT_MESSAGE":
            content["sessionId"] = f"chat-{conversation_id}"
            content["messageType"] = "TEXT"
        elif kind == "EMAIL":
            ends = ["guest@example.com", "help@larkspur.example.com"]
            content["from"], to = ends if inbound else reversed(ends)
            content["to"] = [to]
            if subject is not None:
                content["subject"] = subject
        elif kind == "SMS":
            ends = ["+12025550190", "+12025550100"]
            content["from"], content["to"] = ends if inbound else reversed(ends)
        elif kind == "FACEBOOK_MESSAGE":
            content["pageId"], content["userId"] = "page-0100", "user-0100"
        return self.add_item(
            at,
            content,
            conversation_id=conversation_id,
            contact=contact,
            by=by,
            item_id=item_id,
            in_export=in_export,
            in_events=in_events,
        )

    def add_item(
        self,
        at: When,
        content: Json,
        *,
        conversation_id: str | None = None,
        customer_id: str | None = None,
        contact: str | None = None,
        by: Actor | None = None,
        responder: Actor | None = None,
        item_id: str | None = None,
        in_export: bool = True,
        in_events: bool = True,
    ) -> str:
        """Add an item with any content (``type`` required) and return its id.

        Give ``customer_id`` instead of ``conversation_id`` for items that belong to
        no conversation (activities, mail sent through the API).
        """
        when = moment(at)
        made = item_id or self.new_id()
        body = dict(content)
        self._add(
            at,
            f"item {body['type']}",
            lambda state: state.add_item(
                when,
                made,
                conversation_id,
                customer_id,
                contact,
                by,
                responder,
                body,
                in_export,
                in_events,
            ),
        )
        return made

    def phone_call(
        self,
        at: When,
        conversation_id: str,
        *,
        contact: str | None,
        by: Actor,
        responder: Actor | None = None,
        talk_seconds: float = 0,
        ring_seconds: float = 8,
        item_id: str | None = None,
    ) -> str:
        """Add the PHONE_CALL item of a call begun at ``at``; returns its id.

        The id is the contact id, as Gladly has it for voice. ``responder`` None or
        ``talk_seconds`` 0 means nobody answered. The contact gets the talk time.
        """
        when = moment(at)
        answered = when + timedelta(seconds=ring_seconds)
        done = answered + timedelta(seconds=talk_seconds)
        inbound = by.type == "CUSTOMER"
        ends = ("+12025550190", "+12025550100")
        content: Json = {
            "type": "PHONE_CALL",
            "from": ends[0] if inbound else ends[1],
            "to": ends[1] if inbound else ends[0],
            "startedAt": rfc3339(when),
            "completedAt": rfc3339(done),
        }
        made = item_id or contact or self.new_id()
        if talk_seconds > 0:
            content["answeredAt"] = rfc3339(answered)
            content["recordingStatus"] = "AVAILABLE"
            content["recordingUrl"] = (
                f"/api/v1/conversation-items/{made}/media/recording"
            )
            content["recordingDuration"] = int(talk_seconds)
        else:
            content["answeredAt"] = None
        self.add_item(
            at,
            content,
            conversation_id=conversation_id,
            contact=contact,
            by=by,
            responder=responder if talk_seconds > 0 else None,
            item_id=made,
        )
        if contact is not None and talk_seconds > 0:
            ms = milliseconds(talk_seconds)
            heard = None if inbound else answered
            target = contact
            self._add(at, "talk", lambda state: state.talk(target, heard, ms))
        return made

    def voicemail(
        self,
        at: When,
        conversation_id: str,
        *,
        contact: str | None,
        by: Actor,
        length_seconds: int = 20,
        item_id: str | None = None,
    ) -> str:
        """Add a VOICEMAIL item that ends at ``at``; the id is the contact id."""
        made = item_id or contact or self.new_id()
        content: Json = {
            "type": "VOICEMAIL",
            "startedAt": rfc3339(moment(at) - timedelta(seconds=length_seconds)),
            "recordingStatus": "AVAILABLE",
            "recordingUrl": f"/api/v1/conversation-items/{made}/media/recording",
            "recordingDuration": str(length_seconds),
        }
        return self.add_item(
            at,
            content,
            conversation_id=conversation_id,
            contact=contact,
            by=by,
            item_id=made,
        )

    def redact(self, at: When, item_id: str) -> None:
        """Empty an item's text; files written before keep it."""
        self._add(at, "redact", lambda state: state.redact(item_id))

    # Contacts --------------------------------------------------------------

    def start_contact(
        self,
        at: When,
        conversation_id: str,
        channel: str = "CHAT",
        *,
        initiator: Actor | None = None,
        direction: str | None = None,
        entry_point: str | None = None,
        ivr_selection: str | None = None,
        inbox: str | None = None,
        agent: str | None = None,
        sla_seconds: float | None = None,
        contact_id: str | None = None,
        work_session_id: str | None = None,
    ) -> str:
        """Start a contact and return its id.

        Args:
            at: when it is queued (inbound) or initiated (outbound).
            conversation_id: where.
            channel: as reports name it (CHAT, EMAIL, SMS, PHONE_CALL, …).
            initiator: who started it; the conversation's customer by default.
            direction: INBOUND or OUTBOUND; by default from the initiator's type.
            entry_point: address or number it came in on.
            ivr_selection: last choice made in the phone menu.
            inbox: inbox id; the conversation's by default.
            agent: agent id at the start, for outbound contacts.
            sla_seconds: target; sets the due time.
            contact_id: an id to use.
            work_session_id: id of the row written when nobody handles it.
        """
        when = moment(at)
        made = contact_id or self.new_id()
        blank = work_session_id or self.new_id()

        def play(state: State) -> None:
            held: Conversation = state.conversation(conversation_id)
            actor = initiator or by_customer(held.customer.current().id)
            inbound = actor.type in ("CUSTOMER", "INTERNAL", "EXTERNAL")
            contact = Contact(
                made,
                held,
                channel,
                direction or ("INBOUND" if inbound else "OUTBOUND"),
                actor,
                when,
                None,
                inbox,
                blank,
                agent,
                entry_point,
                ivr_selection,
            )
            if sla_seconds is not None:
                contact.sla_ms = milliseconds(sla_seconds)
                contact.due_at = when + timedelta(seconds=sla_seconds)
            state.start_contact(when, conversation_id, contact)

        self._add(at, f"contact {made!r}", play)
        return made

    def offer(self, at: When, contact_id: str, agent_id: str) -> None:
        """Offer a contact to an agent."""
        when = moment(at)
        self._add(at, "offer", lambda state: state.offer(when, contact_id, agent_id))

    def accept(self, at: When, contact_id: str, agent_id: str) -> None:
        """Let an agent accept a contact; does not assign the conversation."""
        when = moment(at)
        self._add(at, "accept", lambda state: state.accept(when, contact_id, agent_id))

    def reject(
        self, at: When, contact_id: str, agent_id: str, reason: str = "DECLINED"
    ) -> None:
        """Let an agent refuse: DECLINED, MISSED or ``DEVICE ERROR``."""
        when = moment(at)
        self._add(
            at, "reject", lambda state: state.reject(when, contact_id, agent_id, reason)
        )

    def join(self, at: When, contact_id: str, agent_id: str) -> None:
        """Let another agent join a contact."""
        when = moment(at)
        self._add(at, "join", lambda state: state.join(when, contact_id, agent_id))

    def hold(
        self,
        at: When,
        contact_id: str,
        length_seconds: float,
        reason: str = "MANUAL",
    ) -> None:
        """Put a call on hold: MANUAL, WARM_TRANSFER, COLD_TRANSFER, CONFERENCE."""
        when = moment(at)
        length = timedelta(seconds=length_seconds)
        self._add(
            at, "hold", lambda state: state.hold(when, contact_id, length, reason)
        )
        self._add(
            when + length,
            "end hold",
            lambda state: state.end_hold(when + length, contact_id, reason),
        )

    def transfer(
        self,
        at: When,
        contact_id: str,
        inbox: str,
        *,
        agent: str | None = None,
        kind: str = "COLD",
        reason: str = "MANUAL",
        sla_seconds: float | None = None,
        by: Actor | None = None,
    ) -> None:
        """Move a contact to an inbox; ``sla_seconds`` sets a new target and due."""
        when = moment(at)
        ms = None if sla_seconds is None else milliseconds(sla_seconds)
        self._add(
            at,
            "transfer",
            lambda state: state.transfer(
                when, contact_id, inbox, agent, kind, reason, ms, by
            ),
        )

    def fulfil(
        self,
        at: When,
        contact_id: str,
        fulfilled_type: str = "RESPONDED",
        *,
        by_contact: str | None = None,
        by: Actor | None = None,
    ) -> None:
        """Fulfil a contact (RESPONDED or CANCELED), perhaps by another contact."""
        when = moment(at)
        self._add(
            at,
            "fulfil",
            lambda state: state.fulfil(
                when, contact_id, fulfilled_type, by_contact, by
            ),
        )

    def end_contact(
        self,
        at: When,
        contact_id: str,
        status: str = "ANSWERED",
        reason: str = "AGENT_ENDED",
        *,
        by: Actor | None = None,
    ) -> None:
        """End a contact; ids in Work Sessions and Contact Export freeze here."""
        when = moment(at)
        self._add(
            at,
            "end contact",
            lambda state: state.end_contact(when, contact_id, status, reason, by),
        )

    def work(
        self,
        at: When,
        contact_id: str,
        agent_id: str,
        handle_seconds: float = 0,
        *,
        after_contact_seconds: float = 0,
        unknown_seconds: float = 0,
        work_session_id: str | None = None,
    ) -> str:
        """Add to an agent's seconds on a contact; returns the id offered for it.

        Call it again at later moments for after-contact or unknown time that grows
        once the contact has ended: captures show the sum up to then. The first call
        for an agent decides the work session id. A contact on which nobody has work
        gets one Work Sessions row without agent (abandoned, lower half of a stack).
        """
        moment(at)
        made = work_session_id or self.new_id()
        amounts = (
            milliseconds(handle_seconds),
            milliseconds(after_contact_seconds),
            milliseconds(unknown_seconds),
        )
        self._add(
            at,
            "work",
            lambda state: state.work(contact_id, agent_id, made, *amounts),
        )
        return made

    # Tasks and raw events --------------------------------------------------

    def add_task(
        self,
        at: When,
        customer_id: str,
        body: str,
        *,
        inbox: str,
        due_at: When,
        agent: str | None = None,
        by: Actor = SYSTEM,
        task_id: str | None = None,
    ) -> str:
        """Create a task and return its id."""
        when = moment(at)
        due = moment(due_at)
        made = task_id or self.new_id()

        def play(state: State) -> None:
            owner = state.customer(customer_id)
            state.tasks[made] = Task(made, owner, when, by, inbox, agent, body, due)
            state.task_event(when, made, "CREATED", by, None, None, None)

        self._add(at, "task", play)
        return made

    def change_task(
        self,
        at: When,
        task_id: str,
        what: str,
        *,
        by: Actor = SYSTEM,
        inbox: str | None = None,
        agent: str | None = None,
        extra: Json | None = None,
    ) -> None:
        """Record CLOSED, REOPENED, ASSIGNEE_UPDATED, COMMENT_ADDED, … of a task.

        ASSIGNEE_UPDATED needs ``inbox``; ``extra`` adds content keys such as
        ``commentId`` or ``dueAt``.
        """
        when = moment(at)
        status = {"CLOSED": "CLOSED", "REOPENED": "OPEN"}.get(what)
        to = None if inbox is None else (inbox, agent)
        self._add(
            at,
            f"task {what}",
            lambda state: state.task_event(when, task_id, what, by, status, to, extra),
        )

    def record_event(
        self,
        at: When,
        type_: str,
        content: Json,
        *,
        by: Actor | None = SYSTEM,
        event_id: str | None = None,
        in_events: bool = True,
    ) -> None:
        """Record an event that changes nothing in the world (Events API only).

        For contradictory, cyclic or unknown evidence. Conversation and contact
        timestamps do not show it: use ``add_record`` for those.
        """
        when = moment(at)
        body = dict(content)
        self._add(
            at,
            f"event {type_}",
            lambda state: state.record(
                when,
                type_,
                by,
                body,
                in_events=in_events,
                in_timestamps=False,
                event_id=event_id,
            ),
        )


__all__ = ["EXTRACTS", "ImpossibleError", "Player", "Tenant"]
