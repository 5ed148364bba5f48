"""Every metric says what its example says by hand and what plain SQL says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from metricflow_semantics.errors.error_classes import InvalidQueryException

from metric_examples import EXPECTED, ROWS
from metric_queries import ASKED_IN, QUERIES
from metric_query.__main__ import explain
from metrics import SemanticLayer, write_marts
from project import ROOT, kept_open, options, query, run_anew
from sample import Sample


@pytest.fixture(scope="module")
def target(sample: Sample) -> Path:
    return sample.target


@pytest.fixture(scope="module")
def layer(target: Path) -> SemanticLayer:
    return SemanticLayer(target)


@pytest.fixture(scope="module")
def example(target: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    database = tmp_path_factory.mktemp("example") / "gladly.duckdb"
    write_marts(database, target, ROWS)
    with kept_open(database):
        yield database


@pytest.fixture(scope="module")
def built(sample: Sample) -> Iterator[Path]:
    with kept_open(sample.database):
        yield sample.database


@pytest.fixture(scope="module")
def copied(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sample: the query tool opens it to write, while others read it."""
    database = tmp_path_factory.mktemp("copied") / "gladly.duckdb"
    shutil.copy(sample.database, database)
    return database


#: How a metric of the period before is asked, and for which period in the example.
PERIODS = {"_week_before": "2025-03-03", "_month_before": "2025-04-01"}


def ask(
    layer: SemanticLayer, database: Path, metric: str, periods: dict[str, str]
) -> Any:
    """Return a metric of all time, or what a period says of the one before."""
    for ending, start in periods.items():
        if metric.endswith(ending):
            grain = f"metric_time__{ending.split('_')[1]}"
            found = {
                str(period)[:10]: value
                for period, value in layer.ask(database, [metric], [grain])
            }
            return found[start]
    [(value,)] = layer.ask(database, [metric])
    return value


def test_every_metric_has_an_example_and_a_query(layer: SemanticLayer) -> None:
    assert sorted(EXPECTED) == sorted(layer.metrics)
    assert sorted(QUERIES) == sorted(layer.metrics)


@pytest.mark.parametrize("metric", EXPECTED)
def test_the_example_counted_by_hand(
    layer: SemanticLayer, example: Path, metric: str
) -> None:
    assert ask(layer, example, metric, PERIODS) == pytest.approx(EXPECTED[metric])


@pytest.mark.parametrize("metric", QUERIES)
def test_the_sample_asked_in_plain_sql(
    layer: SemanticLayer, built: Path, metric: str
) -> None:
    value = ask(layer, built, metric, ASKED_IN)
    [(expected,)] = query(built, QUERIES[metric])
    assert value is not None
    assert float(value) == pytest.approx(float(expected))


def test_without_rows_counts_are_zero_and_shares_null(
    layer: SemanticLayer, target: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "gladly.duckdb"
    write_marts(empty, target, {})
    with kept_open(empty):
        values = {
            metric: layer.ask(empty, [metric])
            for metric in layer.metrics
            if not metric.endswith(tuple(PERIODS))
        }
    for metric, [(value,)] in values.items():
        is_count = not any(
            word in metric
            for word in ("average_", "median_", "p90_", "_per_", "_rate", "_share")
        )
        assert value == (0 if is_count else None), metric


def test_the_backlog_of_a_week_is_that_of_its_last_day(
    layer: SemanticLayer, example: Path
) -> None:
    days = layer.ask(example, ["backlog"], ["metric_time__day"])
    assert [(str(day)[:10], value) for day, value in days] == [
        ("2025-03-01", 7),
        ("2025-03-02", 3),
    ]
    [(_, week)] = layer.ask(example, ["backlog"], ["metric_time__week"])
    assert week == 3


@pytest.mark.parametrize("grain", ["week", "month"])
def test_the_period_before_is_that_of_the_row_above(
    layer: SemanticLayer, built: Path, grain: str
) -> None:
    # Months of 28 and of 31 days; each day counts once.
    for metric in ("contacts_queued", "sla_rate", "backlog"):
        rows = dict(layer.ask(built, [metric], [f"metric_time__{grain}"]))
        for period, before in layer.ask(
            built, [f"{metric}_{grain}_before"], [f"metric_time__{grain}"]
        ):
            [(earlier,)] = query(
                built, f"select timestamp '{period}' - interval 1 {grain}"
            )
            assert before == rows.get(earlier), (metric, period)


def test_a_contact_queued_before_midnight_counts_on_the_day_of_each_moment(
    layer: SemanticLayer, example: Path
) -> None:
    found: dict[str, list[Any]] = {
        metric: [
            value for _, value in layer.ask(example, [metric], ["metric_time__day"])
        ]
        for metric in ("contacts_queued", "contacts_fulfilled", "contacts_ended")
    }
    assert [[each for each in values if each] for values in found.values()] == [
        [2, 2, 3],
        [1, 1, 1],
        [1, 3, 2],
    ]


def test_days_are_those_of_the_reporting_time_zone(
    example: Path, tmp_path: Path
) -> None:
    run_anew(
        *("parse", "--no-partial-parse"),
        *("--vars", "{reporting_timezone: America/New_York}"),
        *options(tmp_path),
        environment={"GLADLY_DATABASE_PATH": "gladly.duckdb"},
    )
    layer = SemanticLayer(tmp_path)
    days = layer.ask(example, ["contacts_fulfilled"], ["metric_time__day"])
    assert [(str(day)[:10], value) for day, value in days if value] == [
        ("2025-03-01", 2),
        ("2025-03-03", 1),
    ]


def test_contacts_of_an_inbox_and_day_are_those_of_the_daily_facts(
    layer: SemanticLayer, built: Path
) -> None:
    for metric, entity, column in (
        ("contacts_queued", "queued_inbox", "contacts_queued_count"),
        ("contacts_ended", "ended_inbox", "contacts_ended_count"),
    ):
        ours = layer.ask(built, [metric], [entity, "metric_time__day"])
        theirs = query(
            built,
            f"""
            select inbox_id, activity_date, {column} from marts.fct_inbox_daily
            where {column} > 0
            """,
        )
        assert {
            (inbox, str(day)[:10], value) for day, inbox, value in ours if value
        } == {(inbox, str(day), value) for inbox, day, value in theirs}, metric


def test_shares_of_topics_are_parts_of_all_whatever_is_asked(
    layer: SemanticLayer, example: Path, built: Path
) -> None:
    by_topic = layer.ask(example, ["topic_share"], ["topic"])
    assert by_topic == [("delay", 0.25), ("refund", 0.75)]
    by_day = dict(layer.ask(example, ["topic_share"], ["metric_time__day"]))
    assert sorted(by_day.values()) == [0.5, 0.5]
    ours = dict(layer.ask(built, ["topic_share"], ["topic__topic_path"]))
    theirs = query(
        built,
        """
        select topic_path, sum(allocation_weight) / (
            select count(*) from marts.fct_conversations where topic_count > 0
        )
        from marts.fct_conversation_topics inner join marts.dim_topics using (topic_id)
        group by topic_path
        """,
    )
    assert ours == pytest.approx(dict(theirs))


def test_names_and_conversations_can_be_grouped_by(
    layer: SemanticLayer, built: Path
) -> None:
    for metric, group_by in (
        ("contacts_queued", "queued_inbox__inbox_name"),
        ("contacts_ended", "ended_agent__agent_name"),
        ("fcr_rate", "last_closed_agent__agent_name"),
        ("logged_in_hours", "agent__agent_name"),
        ("allocated_conversations", "topic__topic_path"),
        ("answer_clicks", "answer__answer_name"),
        ("contacts_queued", "conversation__is_untagged"),
        ("contacts_queued", "metric_time__hour"),
        ("contacts_queued", "queued_day__weekday_name"),
        ("contacts_ended", "ended_agent__team_names"),
        ("half_hour_sla_rate", "half_hour__local_time"),
        ("half_hour_contacts", "half_hour__weekday_name"),
    ):
        assert len(layer.ask(built, [metric], [group_by])) > 1, (metric, group_by)


@pytest.mark.parametrize(
    ("metric", "group_by", "answer"),
    [
        (
            "sla_rate",
            ["contact__chanel"],
            "sla_rate cannot be grouped by contact__chanel. Near it: contact__channel, "
            "contact__was_handled, contact__customer. mf list dimensions --metrics "
            "sla_rate has all.",
        ),
        (
            "backlog",
            ["metric_time__hour"],
            "backlog cannot be asked by metric_time__hour: metric_time__ is followed "
            "by day, week, month, quarter or year.",
        ),
        (
            "sla_rate",
            ["metric_time__fortnight"],
            "sla_rate cannot be asked by metric_time__fortnight: metric_time__ is "
            "followed by hour, day, week, month, quarter or year.",
        ),
        (
            "sla_rate_month_before",
            [],
            "sla_rate_month_before is of the month before each month: add --group-by "
            "metric_time__month.",
        ),
    ],
)
def test_a_wrong_group_is_answered_with_near_ones(
    metric: str, group_by: list[str], answer: str, layer: SemanticLayer, built: Path
) -> None:
    question = ["--metrics", metric, "--group-by", *group_by]
    with pytest.raises(InvalidQueryException) as error:
        layer.ask(built, [metric], group_by)
    # What a share asks of both its sides comes twice, and the order is wrong as well.
    assert next(explain(str(error.value), question, built)) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            ["--metrics", "sla_rat"],
            "There is no metric sla_rat. Near it: sla_rate, half_hour_sla_rate, "
            "fcr_rate. make metrics lists them all.",
        ),
        (
            ["--metrics", "sla_rate", "--order", "bogus"],
            "It cannot be ordered by bogus: --order takes what stands in --metrics or "
            "--group-by, with - before it for the largest first.",
        ),
        (
            ["--metrics", "sla_rate", "--where", "contact__channel = 'chat'"],
            "--where does not know contact__channel: write a name as "
            "{{ Dimension('contact__channel') }} = 'chat'.",
        ),
    ],
)
def test_a_mistake_in_a_question_is_answered_with_a_sentence(
    question: list[str], answer: str, copied: Path, target: Path, tmp_path: Path
) -> None:
    ended = asked(question, copied, target, tmp_path)
    assert ended.stderr == f"{answer}\n"
    assert (ended.returncode, ended.stdout) == (1, "")


def test_a_question_is_answered(copied: Path, target: Path, tmp_path: Path) -> None:
    ended = asked(["--metrics", "contacts_queued"], copied, target, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    [(expected,)] = query(
        copied, "select count(*) from marts.fct_contacts where queued_at is not null"
    )
    assert ended.stdout.split()[-1] == str(expected)


@pytest.mark.parametrize("there", ["no file", "an empty database"])
def test_a_question_before_a_build_says_so(
    there: str, target: Path, tmp_path: Path
) -> None:
    database = tmp_path / "gladly.duckdb"
    if there == "an empty database":
        duckdb.connect(str(database)).close()
    ended = asked(["--metrics", "contacts_queued"], database, target, tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"{database} is not there: run make build first\n"
        if there == "no file"
        else f"{database} lacks a table that the metric is made of: run make build.\n"
    )
    assert database.exists() == (there != "no file")


def asked(
    question: list[str], database: Path, target: Path, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Ask as ``make metrics`` does, in a checkout whose manifests lie in a folder."""
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds"):
        (checkout / name).symlink_to(ROOT / name)
    # dbt writes into the folder.
    (checkout / "target").mkdir()
    for each in ("manifest.json", "semantic_manifest.json"):
        shutil.copy(target / each, checkout / "target" / each)
    return subprocess.run(
        [sys.executable, "-m", "metric_query", *question],
        cwd=checkout,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "tools"),
            "GLADLY_DATABASE_PATH": str(database),
            "DBT_PROFILES_DIR": str(ROOT),
        },
        capture_output=True,
        check=False,
        text=True,
    )
