"""Customers: made, changed, merged and erased."""

from __future__ import annotations

from collections.abc import Sequence

from gladly_sandbox.clock import When, moment
from gladly_sandbox.state import State
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    Customer,
    Phone,
)


class Customers(Log):
    """What happens to customer profiles."""

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
        keep_items: Sequence[str] = (),
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
            keep_items: items that keep their ids even so.
            in_events: whether the Events API reports the merge.
            in_timestamps: whether Conversation Timestamps report it.
        """
        when = moment(at)
        self._add(
            at,
            "merge profiles",
            lambda state: state.merge_profiles(
                when,
                survivor,
                absorbed,
                by,
                reissue_items,
                in_events,
                in_timestamps,
                keep_items,
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
