"""All that is due, worked out from the ledger, and what it will take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gladly_extract.doubts import doubts
from gladly_extract.ledger import Ledger
from gladly_extract.problems import SettingsError
from gladly_extract.reports import Report, aggregated_reports, read_reports
from gladly_extract.settings import Settings
from gladly_extract.windows import Window, cap_of, cut, due_days, most_days

#: Groups of extracts, in the order they are pulled: what vanishes first goes first.
GROUPS = (
    "events",
    "exports",
    "reports",
    "entities",
    "answers",
    "tasks",
    "lookups",
)
#: Pulled only when asked for.
EXTRA_GROUPS = ("aggregated",)

#: Entity -> its endpoint, which lists all there are.
LISTS = {
    "organization": "organization",
    "agents": "agents",
    "teams": "teams",
    "inboxes": "inboxes",
    "topics": "topics",
    "business_hours": "business-hours",
}

#: Kinds of contents that an answer may have.
CONTENT_TYPES = ("public", "email", "messaging", "reference")


@dataclass(frozen=True)
class Wanted:
    """What a run is asked for.

    Attributes:
        groups: names of ``GROUPS`` and ``EXTRA_GROUPS``.
        reports: only these reports; empty for all of the groups.
        since: first day of reports; None for where the folder begins.
        probe_limit: look-ups.
    """

    groups: frozenset[str] = frozenset(GROUPS)
    reports: frozenset[str] = frozenset()
    since: date | None = None
    probe_limit: int = 3000

    def chosen_reports(self, settings: Settings) -> list[Report]:
        """Return the reports asked for."""
        known = read_reports(settings) if "reports" in self.groups else []
        if "aggregated" in self.groups:
            known += aggregated_reports()
        return [
            report
            for report in known
            if not self.reports or report.name in self.reports
        ]


def wanted(
    settings: Settings,
    *,
    only: Iterable[str] = (),
    since: date | None = None,
    probe_limit: int | None = None,
) -> Wanted:
    """Return what the options ask for.

    Args:
        settings: the settings.
        only: names of groups, or of reports.
        since: first day of reports.
        probe_limit: look-ups; None for that of the settings.

    Raises:
        SettingsError: for a name that is neither.
    """
    names = {name.strip() for name in only if name.strip()}
    ours = {report.name for report in read_reports(settings)}
    sums = {report.name for report in aggregated_reports()}
    if unknown := names - {*GROUPS, *EXTRA_GROUPS} - ours - sums:
        raise SettingsError(
            f"--only knows no {', '.join(sorted(unknown))}; it knows "
            f"{', '.join((*GROUPS, *EXTRA_GROUPS))} and the names of reports."
        )
    groups = names & {*GROUPS, *EXTRA_GROUPS}
    chosen = names & (ours | sums)
    if groups & {"reports", "aggregated"}:
        # A group asked for whole is not narrowed by a report named besides.
        chosen |= ours if "reports" in groups else set()
        chosen |= sums if "aggregated" in groups else set()
    groups |= {"reports"} if names & ours else set()
    groups |= {"aggregated"} if names & sums else set()
    return Wanted(
        frozenset(groups) or frozenset(GROUPS),
        frozenset(chosen),
        since,
        settings.probe_limit if probe_limit is None else probe_limit,
    )


@dataclass(frozen=True)
class Step:
    """Part of a plan: an extract, and how many requests it takes."""

    extract: str
    requests: int
    what: str


@dataclass
class Plan:
    """All that is due.

    Attributes:
        begin: first day of reports.
        windows: windows by report.
        lists: entities whose list is due.
        answers: answers to fetch.
        tasks: customers whose tasks to fetch.
        probes: how many ids are to be looked up, as far as is known yet.
    """

    begin: date
    windows: list[tuple[Report, list[Window]]] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    answers: int = 0
    tasks: int = 0
    probes: int = 0

    @property
    def reports(self) -> int:
        """Return how many reports."""
        return sum(len(windows) for _, windows in self.windows)

    def steps(self, wanted: Wanted, jobs: int, languages: int) -> list[Step]:
        """Return the plan in words.

        Args:
            wanted: what is asked for.
            jobs: files of export jobs that are not here yet.
            languages: how many are tried for contents of answers.
        """
        made = []
        if "events" in wanted.groups:
            made.append(Step("events", 1, "what was recorded since the last pull"))
        if "exports" in wanted.groups:
            made.append(Step("exports", jobs + 1, f"{jobs} files not here yet"))
        for report, windows in self.windows:
            what = ", ".join(_days(window) for window in windows) or "nothing due"
            made.append(Step(report.kind, len(windows), what))
        made += [Step(f"entities/{name}", 1, "the full list") for name in self.lists]
        if "answers" in wanted.groups:
            each = 1 + languages * len(CONTENT_TYPES)
            made.append(
                Step("entities/answers", self.answers * each, f"{self.answers} answers")
            )
        if "tasks" in wanted.groups:
            made.append(
                Step("entities/tasks", self.tasks, f"of {self.tasks} customers")
            )
        if "lookups" in wanted.groups:
            most = f"{self.probes} ids known so far, at most {wanted.probe_limit}"
            made.append(Step("lookups", min(self.probes, wanted.probe_limit), most))
        return made


def _days(window: Window) -> str:
    return f"{window.first} to {window.last}" if window.days > 1 else f"{window.first}"


def minutes(steps: Iterable[Step], settings: Settings) -> float:
    """Return how long the steps take at least, under the limits."""
    reports = sum(s.requests for s in steps if s.extract.startswith("reports/"))
    others = sum(s.requests for s in steps if not s.extract.startswith("reports/"))
    # Reports and the rest go side by side.
    return max(
        reports / settings.reports_per_minute,
        others / settings.requests_per_second / 60,
    )


def make_plan(
    ledger: Ledger, settings: Settings, wanted: Wanted, now: datetime
) -> Plan:
    """Return what is due now."""
    begin = _begin(ledger, settings, wanted, now)
    plan = Plan(begin)
    fresh = timedelta(minutes=settings.fresh_minutes)
    for report in wanted.chosen_reports(settings):
        plan.windows.append(
            (report, report_windows(ledger, settings, report, begin, now))
        )
    if "entities" in wanted.groups:
        for entity in LISTS:
            latest = ledger.latest(f"entities/{entity}")
            if latest is None or latest <= now - fresh:
                plan.lists.append(entity)
    if "answers" in wanted.groups:
        plan.answers = len(due_answers(ledger, settings, now))
    if "tasks" in wanted.groups:
        plan.tasks = len(due_tasks(ledger, now))
    if "lookups" in wanted.groups:
        found = doubts(
            ledger.base,
            now,
            reprobe=timedelta(days=settings.reprobe_days),
            limit=1_000_000,
        )
        plan.probes = len(found)
    return plan


def _begin(ledger: Ledger, settings: Settings, wanted: Wanted, now: datetime) -> date:
    """Return the first day of reports: the earlier of what is asked for and is here."""
    here = ledger.first_day()
    days = [day for day in (wanted.since, here) if day is not None]
    return min(days) if days else now.date() - timedelta(days=settings.first_days - 1)


def report_windows(
    ledger: Ledger, settings: Settings, report: Report, begin: date, now: datetime
) -> list[Window]:
    """Return the windows of a report that are due."""
    followed: set[date] = set()
    if report.follows_contacts:
        followed = ledger.followed_days(
            now, report.settles, timedelta(days=settings.contacts_open_days)
        )
    days = due_days(
        ledger.captured_days(report.kind),
        begin,
        now,
        settles=report.settles,
        fresh=timedelta(minutes=settings.fresh_minutes),
        followed=followed,
        full_pass=report.full_pass,
    )
    rows, most = ledger.rows_a_day(report.kind)
    return cut(days, most_days(rows, cap_of(most, settings.row_caps)))


def due_answers(ledger: Ledger, settings: Settings, now: datetime) -> list[str]:
    """Return the answers to fetch."""
    return ledger.due_answers(now - timedelta(days=settings.answers_days))


def due_tasks(ledger: Ledger, now: datetime) -> list[str]:
    """Return the customers whose tasks to fetch."""
    return ledger.due_tasks(now - timedelta(hours=20))
