"""The house itself: inboxes, teams and business hours."""

from __future__ import annotations

from collections.abc import Sequence

from gladly_sandbox.clock import When, moment, rfc3339
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Inbox,
    Json,
    Team,
)


class Company(Log):
    """What happens to inboxes, teams and business hours."""

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
