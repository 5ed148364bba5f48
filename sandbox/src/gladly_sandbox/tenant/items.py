"""Messages, calls and other conversation items."""

from __future__ import annotations

from datetime import timedelta

from gladly_sandbox.clock import When, milliseconds, moment, rfc3339
from gladly_sandbox.state import MESSAGE_CHANNELS
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Actor,
    Json,
)

_CONTENT_TYPES = {
    channel: kind
    for kind, channel in MESSAGE_CHANNELS.items()
    if kind != "VOICE_AI_MESSAGE"
}


class Items(Log):
    """What is said in conversations."""

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
        to: str | None = None,
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
            to: address of somebody else whom an e-mail is written to (a supplier, a
                colleague); by default it goes to the customer.
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
            # What is left out is filled in when it is sent.
            if to is not None:
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
        ``talk_seconds`` 0 means no one answered. The contact gets the talk time.
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
        by: Actor | None,
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
