"""Tries the user, the roles and each endpoint, and says what will be missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from gladly_extract.client import Call, Client
from gladly_extract.problems import Exit, ExtractError, RefusedError, UnreachableError
from gladly_extract.reports import read_reports
from gladly_extract.settings import Settings

#: An id that no organisation has: 404 says that the endpoint may be asked.
NOBODY = "gladly-extract-check"

#: Extract -> what stays empty, or less certain, without it.
COSTS = {
    "events": "moments of contacts, links of messages to contacts by event, and merges "
    "within the hour; reports have most of them later",
    "exports": "fct_messages stays empty; conversations known from items alone miss",
    "reports/WorkSessionEvents": "fct_work_sessions stays empty, and agents' seconds",
    "reports/ContactExportReportV3": "fct_contacts knows only what Work Sessions have: "
    "no transfers, holds, messages a contact; one of the two must be there",
    "reports/ConversationExportReport": "nothing can be built: it is required",
    "reports/ConversationTimestampsReport": "history before the first events: status, "
    "assignment and topic intervals, and merges",
    "reports/ContactTimestampsReport": "fct_contact_events before the first events",
    "reports/AgentTimestampsReport": "fct_agent_status_intervals, and logged-in time",
    "reports/AnswerUsageReport": "fct_answer_usage_daily; answers are not found either",
    "entities/organization": "nothing but the organisation's name",
    "entities/agents": "names of agents without items",
    "entities/teams": "teams of dim_agents",
    "entities/inboxes": "names and versions of inboxes without contacts",
    "entities/topics": "names and versions of topics",
    "entities/business_hours": "business hours",
    "entities/answers": "dim_answers and dim_answer_contents",
    "entities/tasks": "tasks",
    "lookups/customers": "proofs of merges and deletions of customers, and profiles",
    "lookups/conversations": "proofs of deletions of conversations",
}


@dataclass(frozen=True)
class Finding:
    """What came of trying one extract; ``problem`` is empty when it can be pulled."""

    extract: str
    problem: str
    cost: str
    exit: Exit = Exit.DONE


def calls(settings: Settings, client: Client) -> list[Call]:
    """Return the smallest request that each extract needs."""
    now = client.clock.now()
    today = now.date()
    lists = ("agents", "teams", "inboxes", "topics", "business-hours")
    return [
        Call(
            "events",
            "jsonl",
            "events",
            (("startAt", f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"),),
        ),
        Call("export/jobs", "json", "exports"),
        *(
            Call(
                report.path,
                "csv",
                report.kind,
                asked=report.asked(today, today, now),
            )
            for report in read_reports(settings)
        ),
        *(Call(name, "json", f"entities/{name.replace('-', '_')}") for name in lists),
        Call(f"answers/{NOBODY}", "json", "entities/answers", answers=(404,)),
        Call(f"customers/{NOBODY}/tasks", "json", "entities/tasks", answers=(404,)),
        Call(
            f"customer-profiles/{NOBODY}", "json", "lookups/customers", answers=(404,)
        ),
        Call(
            f"conversations/{NOBODY}", "json", "lookups/conversations", answers=(404,)
        ),
    ]


async def check(settings: Settings, client: Client) -> AsyncIterator[Finding]:
    """Try everything, one by one.

    Args:
        settings: the settings.
        client: what asks.

    Raises:
        RefusedError: when the user or the token is refused.
        UnreachableError: when Gladly cannot be reached.
    """
    await client.send(Call("organization", "json", "entities/organization"))
    yield Finding("entities/organization", "", "")
    for call in calls(settings, client):
        try:
            await client.send(call)
        except (RefusedError, UnreachableError):
            raise
        except ExtractError as error:
            yield Finding(call.extract, str(error), COSTS[call.extract], error.exit)
        else:
            yield Finding(call.extract, "", "")
