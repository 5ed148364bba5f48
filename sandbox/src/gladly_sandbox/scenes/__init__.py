"""Scenes that a random tenant can play besides: what goes wrong in extracts for real.

Each brings customers of its own and draws from a stream of its own, so that nothing
else in a tenant depends on whether it is played.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from gladly_sandbox.scenes.histories import play_histories
from gladly_sandbox.scenes.lookalikes import play_lookalikes
from gladly_sandbox.scenes.names import play_names
from gladly_sandbox.scenes.nights import play_nights
from gladly_sandbox.scenes.replies import play_replies
from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.scenes.words import play_words
from gladly_sandbox.tenant import Tenant


@dataclass(frozen=True)
class Scenes:
    """How often a random tenant plays which scenes.

    Attributes:
        replies: rounds of customers who are answered by call or mail, or are not.
        lookalikes: rounds of messages that look the same, are redacted, issued again.
        histories: conversations that go from hand to hand for days.
        names: whether inboxes and agents swap names and take them over.
        words: rounds of events of the vocabulary of 2025.
        nights: customers at each change of clocks of ``zone``.
        zone: IANA time zone whose changes of clocks ``nights`` are about.
    """

    replies: int = 0
    lookalikes: int = 0
    histories: int = 0
    names: bool = False
    words: int = 0
    nights: int = 0
    zone: str = "America/New_York"


#: A few of each.
EVERY_SCENE = Scenes(
    replies=2, lookalikes=3, histories=20, names=True, words=2, nights=12
)


def play_scenes(
    scenes: Scenes,
    tenant: Tenant,
    inboxes: list[str],
    agents: list[str],
    end: datetime,
) -> None:
    """Add the scenes to what a tenant plays.

    Args:
        scenes: which, and how often.
        tenant: the tenant; it plays its own history already.
        inboxes: ids of inboxes that stay.
        agents: ids of agents that stay.
        end: when its history ends.
    """

    def setting(what: str) -> Setting:
        rng = Random(f"gladly-sandbox/scenes/{what}/{tenant.seed}")
        return Setting(tenant, rng, what, inboxes, agents, end)

    play_replies(setting("replies"), scenes.replies)
    play_lookalikes(setting("lookalikes"), scenes.lookalikes)
    play_histories(setting("histories"), scenes.histories)
    if scenes.names:
        play_names(setting("names"))
    play_words(setting("words"), scenes.words)
    play_nights(setting("nights"), scenes.nights, scenes.zone)


__all__ = ["EVERY_SCENE", "Scenes", "play_scenes"]
