"""Customer profiles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gladly_sandbox.ids import slug
from gladly_sandbox.state.conversations import Conversations
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    Customer,
    Json,
    Phone,
)


class Customers(Conversations):
    """What can happen to customers."""

    def add_customer(self, at: datetime, made: Customer) -> None:
        """Create a profile."""
        if made.id in self.customers:
            raise ValueError(f"customer {made.id!r} exists")
        self.customers[made.id] = made
        self.record(
            at,
            "CUSTOMER_PROFILE/CREATED",
            SYSTEM,
            {"customerId": made.id},
            customer=made,
        )

    def update_customer(
        self,
        at: datetime,
        customer_id: str,
        name: str | None,
        emails: Sequence[str] | None,
        phones: Sequence[Phone] | None,
        custom_attributes: dict[str, str] | None,
    ) -> None:
        """Change parts of a profile; None leaves a part as it is."""
        found = self.customer(customer_id)
        found.updated_at = at
        if name is not None:
            found.name = name
        if emails is not None:
            found.emails = list(emails)
        if phones is not None:
            found.phones = list(phones)
        if custom_attributes is not None:
            found.custom_attributes = dict(custom_attributes)
        self.record(
            at,
            "CUSTOMER_PROFILE/UPDATED",
            SYSTEM,
            {"customerId": found.id},
            customer=found,
        )

    def merge_profiles(
        self,
        at: datetime,
        survivor_id: str,
        absorbed_id: str,
        by: Actor,
        reissue_items: bool,
        in_events: bool,
        in_timestamps: bool,
        keep_items: Sequence[str] = (),
    ) -> None:
        """Absorb one profile into another (rules R04, R10 to R12, R15)."""
        survivor = self.customer(survivor_id)
        absorbed = self.customer(absorbed_id)
        if survivor is absorbed:
            raise ValueError(f"{absorbed_id!r} already belongs to {survivor_id!r}")
        for side in (survivor, absorbed):
            if side.deleted_at is not None:
                raise ValueError(f"customer {side.id!r} was deleted")
        kept = self._open.get(survivor.id)
        lost = self._open.pop(absorbed.id, None)
        content: Json = {
            "destinationCustomerId": survivor.id,
            "sourceCustomerId": absorbed.id,
        }
        moved = (
            [
                held
                for held in self.conversations.values()
                if held.customer.current() is absorbed
            ]
            if reissue_items
            else []
        )
        absorbed.merged_into = survivor
        absorbed.merged_at = at
        known = {email.lower() for email in survivor.emails}
        survivor.emails += [e for e in absorbed.emails if e.lower() not in known]
        numbers = {phone.number for phone in survivor.phones}
        survivor.phones += [p for p in absorbed.phones if p.number not in numbers]
        survivor.updated_at = at
        if kept is not None and lost is not None:
            content["destinationConversationId"] = kept.id
            content["sourceConversationId"] = lost.id
            lost.absorbed_into = kept
            lost.absorbed_at = at
            kept.absorbed.append(lost)
        elif lost is not None:
            self._open[survivor.id] = lost
        if reissue_items:
            for held in moved:
                for item in held.items:
                    is_call = item.content["type"] == "PHONE_CALL"
                    if not is_call and item.id not in keep_items:
                        item.ids.append(slug(self.seed, "again", item.id))
        self.record(
            at,
            "CUSTOMER/MERGED",
            by,
            content,
            customer=survivor,
            conversation=kept if lost is not None else None,
            in_events=in_events,
            in_timestamps=in_timestamps,
        )

    def delete_customer(self, at: datetime, customer_id: str, by: Actor) -> None:
        """Erase a profile and all its conversations (rule R32)."""
        found = self.customer(customer_id)
        if found.deleted_at is not None:
            raise ValueError(f"customer {customer_id!r} was deleted before")
        for held in self.conversations.values():
            if held.customer.current() is not found or held.deleted_at is not None:
                continue
            for contact in held.contacts:
                if contact.ended_at is None:
                    self.end_contact(at, contact.id, "UNKNOWN", "CUSTOMER_DELETED", by)
            held.deleted_at = at
        found.deleted_at = at
        self._open.pop(found.id, None)
        self.record(
            at,
            "CUSTOMER_PROFILE/DELETED",
            by,
            {"customerId": found.id},
            customer=found,
        )
