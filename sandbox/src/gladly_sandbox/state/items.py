"""Conversation items."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.state.events import Events
from gladly_sandbox.things import (
    Actor,
    Contact,
    Conversation,
    Customer,
    Item,
    Json,
)

#: Content types that are messages, each with the channel reports call it by.
MESSAGE_CHANNELS = {
    "CHAT_MESSAGE": "CHAT",
    "EMAIL": "EMAIL",
    "FACEBOOK_MESSAGE": "FB_MESSENGER",
    "INSTAGRAM_DIRECT": "INSTAGRAM_DIRECT",
    "PHONE_CALL": "PHONE_CALL",
    "SMS": "SMS",
    "TWITTER": "TWITTER",
    "VOICEMAIL": "VOICEMAIL",
    "VOICE_AI_MESSAGE": "PHONE_CALL",
    "WHATSAPP": "WHATSAPP",
}

#: The company's mailbox, and that of somebody who is no customer.
_OURS, _SOMEBODY = "help@larkspur.example.com", "parts@supplier.example.com"


class Items(Events):
    """What can be said in conversations."""

    def _item(
        self,
        at: datetime,
        item_id: str,
        customer: Customer,
        held: Conversation | None,
        by: Actor | None,
        content: Json,
        contact: Contact | None = None,
        responder: Actor | None = None,
        in_export: bool = True,
    ) -> Item:
        if item_id in self.items:
            raise ValueError(f"item {item_id!r} exists")
        made = Item(
            [item_id], at, customer, held, by, content, responder, contact, in_export
        )
        self.items[item_id] = made
        if held is not None:
            held.items.append(made)
        return made

    def _status_item(
        self, at: datetime, item_id: str, held: Conversation, status: str, by: Actor
    ) -> None:
        content: Json = {"type": "CONVERSATION_STATUS_CHANGE", "status": status}
        self._item(at, item_id, held.customer, held, by, content)

    def add_item(
        self,
        at: datetime,
        item_id: str,
        conversation_id: str | None,
        customer_id: str | None,
        contact_id: str | None,
        by: Actor | None,
        responder: Actor | None,
        content: Json,
        in_export: bool,
        in_events: bool,
    ) -> None:
        """Add a message or any other item; on a contact it makes an event too."""
        held = None if conversation_id is None else self._living(conversation_id)
        if held is not None:
            owner = held.customer
        elif customer_id is not None:
            owner = self.customer(customer_id)
        else:
            raise ValueError("an item needs a conversation or a customer")
        contact = None
        if contact_id is not None:
            contact = self._contact(contact_id, ended=True)
        is_to_others = False
        # A voicemail without initiator is the customer's.
        inbound = (
            content["type"] == "VOICEMAIL"
            if by is None
            else by.type in ("CUSTOMER", "EXTERNAL", "INTERNAL")
        )
        if content["type"] == "EMAIL" and "from" not in content:
            mailbox = self._mailbox(owner.current())
            sender, receiver = (mailbox, _OURS) if inbound else (_OURS, mailbox)
            is_to_others = "to" in content
            if by is not None and by.type in ("EXTERNAL", "INTERNAL"):
                sender = _SOMEBODY
            content = {"from": sender, "to": [receiver], **content}
        made = self._item(
            at, item_id, owner, held, by, content, contact, responder, in_export
        )
        made.is_to_others = is_to_others
        if contact is None:
            return
        contact.messages.append(made)
        kind = content["type"]
        if kind != "PHONE_CALL" and in_events:
            self._contact_event(
                at,
                "MESSAGE_RECEIVED" if inbound else "MESSAGE_SENT",
                by,
                contact,
                {"messageId": item_id},
            )

    def _mailbox(self, owner: Customer) -> str:
        """Return a customer's first address; one who has none gets one by writing."""
        if not owner.emails:
            number = len(self.customers) + len(self.items)
            owner.emails.append(f"visitor{number}@example.com")
        return owner.emails[0]

    def redact(self, item_id: str) -> None:
        """Empty the content of an item; the item itself stays."""
        found = self._find("item", self.items, item_id)
        found.is_redacted = True
        for key in ("content", "body", "subject"):
            if key in found.content:
                found.content = {**found.content, key: ""}
