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

#: Extract -> which tables stay empty, or know less, without it.
COSTS = {
    "events": "fct_contact_events, fct_conversation_assignments and links of "
    "fct_messages to contacts have only what reports say later, and no merge shows "
    "within the hour",
    "exports": "fct_messages stays empty, and fct_conversations lacks those that "
    "messages alone name",
    "reports/WorkSessionEvents": "fct_work_sessions stays empty, and the work in "
    "fct_agent_daily",
    "reports/ContactExportReportV3": "fct_contacts knows only what Work Sessions have: "
    "no transfers, holds, messages a contact; one of the two must be there",
    "reports/ConversationExportReport": "nothing can be built: it is required",
    "reports/ConversationTimestampsReport": "fct_conversation_status_intervals, "
    "fct_conversation_assignments and fct_conversation_topics are unknown before the "
    "first events, and merges in bridge_customer_ids",
    "reports/ContactTimestampsReport": "fct_contact_events begins with the first "
    "events",
    "reports/AgentTimestampsReport": "fct_agent_status_intervals begins with the first "
    "events, and the time logged in of fct_agent_daily",
    "reports/AnswerUsageReport": "fct_answer_usage_daily stays empty, and dim_answers: "
    "no answer is found without it",
    "entities/organization": "nothing but stg_gladly__organization stays empty",
    "entities/agents": "dim_agents has names from other extracts only",
    "entities/teams": "dim_teams and bridge_team_agents stay empty",
    "entities/inboxes": "dim_inboxes and dim_inbox_versions have names from reports "
    "only",
    "entities/topics": "dim_topics and dim_topic_versions have what export jobs list",
    "entities/business_hours": "opening hours are unknown: seconds within them are "
    "null, and fct_contact_intervals has only half hours in which something happened",
    "entities/answers": "dim_answer_contents stays empty, and dim_answers knows names "
    "alone",
    "entities/tasks": "fct_tasks has only what events report",
    "lookups/customers": "bridge_customer_ids has no proof of merges and deletions "
    "that no event names, and there are no profiles",
    "lookups/conversations": "bridge_conversation_ids has no proof of deletions",
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
