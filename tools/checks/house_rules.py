"""Check the house rules that the manifest shows and dbt-bouncer has no check for.

Reads ``manifest.json`` as dbt 1.11 writes it and prints one line a finding: the file
and what to do about it. Exits with 1 when there is any.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from artifacts.manifest import Node, Project, described

# What makes two builds of the same extracts differ.
UNREPEATABLE = re.compile(
    r"""\b(current_(date|time|timestamp)|local(time|timestamp)
      |(get_current_|transaction_|statement_|clock_)timestamp
      |(now|today|random|setseed|uuid|uuidv[47]|gen_random_uuid)\s*\()
      |\b(run_started_at|invocation_id|modules\.datetime)\b""",
    re.IGNORECASE | re.VERBOSE,
)
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*", re.DOTALL)
SIGNATURE = re.compile(
    r"\{%-?\s*(?:macro|test)\s+\w+\s*\((?P<arguments>.*?)\)\s*-?%\}", re.DOTALL
)
SELF_EXPLAINING = {
    "unique",
    "not_null",
    "never_null",
    "accepted_values",
    "relationships",
}
PAGE_PARTS = ("**Time anchor** ", "**May change** ")
QUERY = re.compile(r"^```sql$", re.MULTILINE)
RULE_ROW = re.compile(r"^\| (R\d\d) \|", re.MULTILINE)

# Metrics that cannot help mixing time anchors, and why.
ANCHORS_MIXED = dict.fromkeys(
    ("occupancy_rate", "occupancy_rate_week_before", "occupancy_rate_month_before"),
    "no extract reports on which day an agent worked on a contact",
)
METRIC_PARTS = ("Anchor", "Unit", "Null", "Owner")

# The extracts that `make sample` writes: one of each kind.
SAMPLE = Path(__file__).parents[2] / "extracts" / "sample"


class Finding(NamedTuple):
    """A rule broken, and the file to mend."""

    path: str
    message: str


def builds_are_repeatable(project: Project) -> Iterator[Finding]:
    """No code reads the clock, chance or the run itself."""
    for node in [*project.nodes, *project.macros]:
        code = node.get("raw_code") or node.get("macro_sql") or ""
        if found := UNREPEATABLE.search(COMMENT.sub("", code)):
            yield Finding(
                node["original_file_path"],
                f"{node['name']} uses {found[0]}: two builds of the same extracts "
                "would differ; use as_of or a value of the extracts",
            )


def columns_are_described(project: Project) -> Iterator[Finding]:
    """Columns say more than their name; those of sources and seeds are described."""
    for node in [*project.models, *project.seeds, *project.sources]:
        path = (node.get("patch_path") or node["original_file_path"]).split("://")[-1]
        if not node["columns"]:
            yield Finding(path, f"{node['name']} has no columns described")
        for column in node["columns"].values():
            words = re.findall(r"[a-z0-9]+", described(column).lower())
            if not words and node["resource_type"] != "model":
                yield Finding(path, f"{node['name']}.{column['name']} not described")
            elif words and set(words) <= {
                "the",
                "a",
                "of",
                *column["name"].strip("_").split("_"),
            }:
                yield Finding(
                    path,
                    f"{node['name']}.{column['name']}: the description only repeats "
                    "the name",
                )


def foreign_keys_resolve(project: Project) -> Iterator[Finding]:
    """Every id in a mart has a row to point at.

    ``reported_`` ids are what an extract said and may resolve to nothing. Any other id
    without a table of its own says so in ``config.meta.no_relationship``.
    """
    for mart in project.marts:
        for name, column in mart["columns"].items():
            if (
                name.endswith("_id")
                and not name.startswith("reported_")
                and not project.has_test(mart, name, "unique")
                and not project.has_test(mart, name, "relationships")
                and not column["config"].get("meta", {}).get("no_relationship")
            ):
                yield Finding(
                    mart["original_file_path"],
                    f"{mart['name']}.{name} has no relationships test; if there is no "
                    "table it could point at, say why in config.meta.no_relationship",
                )


def booleans_are_never_null(project: Project) -> Iterator[Finding]:
    """A boolean of a mart is tested not null, or its description says what null is."""
    for mart in project.marts:
        for name, column in mart["columns"].items():
            if (
                name.startswith(("is_", "has_", "was_"))
                and "not_null" not in {each["type"] for each in column["constraints"]}
                and not project.has_test(mart, name, "not_null")
                and "null" not in described(column).lower()
            ):
                yield Finding(
                    mart["original_file_path"],
                    f"{mart['name']}.{name} may be null, and its description does not "
                    "say what that means",
                )


def seeds_declare_types(project: Project) -> Iterator[Finding]:
    """A seed's types are declared, not guessed from the values it holds today."""
    for seed in project.seeds:
        untyped = seed["columns"].keys() - seed["config"]["column_types"].keys()
        if untyped:
            yield Finding(
                seed["original_file_path"],
                f"{seed['name']}: no column_types for {', '.join(sorted(untyped))}",
            )


def tests_explain_themselves(project: Project) -> Iterator[Finding]:
    """Tests are named after what they promise; those that need no words say no more."""
    for test in project.tests:
        path = test["original_file_path"]
        kind = (test.get("test_metadata") or {}).get("name")
        if kind is None and not test["name"].startswith("assert_"):
            yield Finding(path, f"{test['name']}: a singular test opens with assert_")
        if kind not in SELF_EXPLAINING and not described(test):
            yield Finding(path, f"{test['name']} has no description")
        if test["config"]["severity"].lower() == "warn":
            if not described(test):
                yield Finding(path, f"{test['name']} only warns and does not say why")
            if kind is None and "severity" not in test["raw_code"]:
                yield Finding(
                    path,
                    f"{test['name']}: set the severity in its SQL, for dbt forgets the "
                    "YAML of singular tests when a macro has changed",
                )
    for test in project.unit_tests:
        path = test["original_file_path"]
        if not described(test):
            yield Finding(path, f"{test['name']} has no description")
        if not test["name"].startswith(f"{test['model']}__"):
            yield Finding(path, f"{test['name']} does not open with {test['model']}__")


def analyses_are_described(project: Project) -> Iterator[Finding]:
    """An analysis says which question it answers."""
    for analysis in project.of_type("analysis"):
        if not described(analysis):
            yield Finding(
                analysis["original_file_path"],
                f"{analysis['name']} has no description",
            )


#: Folders with what a macro is on one engine, which dbt finds by its name.
ENGINES = ("macros/duckdb/", "macros/spark/")
#: What dbt calls, and this project has on Spark instead of dbt-spark.
OF_DBT = {"comment_clause", "load_csv_rows", "persist_constraints"}


def macros_are_documented_and_called(project: Project) -> Iterator[Finding]:
    """Every argument of a macro is documented, and every macro has a caller.

    What a macro is on one engine belongs to a macro that is.
    """
    texts = {
        node["unique_id"]: json.dumps(
            [node.get("raw_code"), node.get("macro_sql"), node.get("config")]
        )
        for node in [*project.nodes, *project.macros]
    }
    names = {macro["name"] for macro in project.macros}
    for macro in project.macros:
        path = macro["original_file_path"]
        if path.startswith(ENGINES):
            implemented = macro["name"].partition("__")[2]
            if implemented not in names | OF_DBT and "materialization" not in path:
                yield Finding(path, f"{macro['name']}: no macro {implemented}")
            continue
        signature = SIGNATURE.search(macro["macro_sql"])
        declared = signature["arguments"] if signature else ""
        arguments = set(re.findall(r"(?:^|,)\s*(\w+)", declared))
        is_test = macro["name"].startswith("test_")
        documented = {argument["name"] for argument in macro["arguments"]}
        for argument in sorted(arguments - documented - {"model", "column_name"}):
            yield Finding(path, f"{macro['name']}: {argument} not documented")
        for argument in sorted(documented - arguments):
            yield Finding(path, f"{macro['name']}: {argument} is no argument of it")
        if (
            not is_test
            # dbt calls these itself.
            and not macro["name"].startswith(("generate_", "materialization_"))
            and not any(
                re.search(rf"\b{macro['name']}\b", text)
                for unique_id, text in texts.items()
                if unique_id != macro["unique_id"]
            )
        ):
            yield Finding(path, f"{macro['name']} is never called")


def marts_have_pages(project: Project) -> Iterator[Finding]:
    """The page of a mart says its time anchor, what may change, and how to ask it."""
    for mart in project.marts:
        name, path = mart["name"], mart["original_file_path"].replace(".sql", ".md")
        if mart["schema"] not in ("marts", "audit"):
            continue
        block = project.docs.get(f"{name}__page")
        if block is None:
            yield Finding(path, f"{name} has no doc block {name}__page")
        else:
            yield from _page_findings(mart, block, path)


def _page_findings(mart: Node, block: Node, path: str) -> Iterator[Finding]:
    name, text = mart["name"], block["block_contents"]
    if block["original_file_path"] != path:
        yield Finding(block["original_file_path"], f"{name}__page belongs in {path}")
    for part in PAGE_PARTS:
        if part not in text:
            yield Finding(path, f"{name}__page has no paragraph {part.strip()}")
    anchor = re.search(r"\*\*Time anchor\*\* (?:`(\w+)`|none)", text)
    if not anchor or (anchor[1] and anchor[1] not in mart["columns"]):
        yield Finding(
            path, f"{name}__page: the anchor is a column in backticks or none"
        )
    if len(QUERY.findall(text)) < 3:
        yield Finding(path, f"{name}__page has fewer than three queries")


def metrics_explain_themselves(project: Project) -> Iterator[Finding]:
    """A metric says its anchor, its unit, when it is null, and who decides about it."""
    for metric in project.metrics:
        path, text = metric["original_file_path"], described(metric)
        parts = re.findall(r"(?<=\. )(\w+): ", text)
        if parts != list(METRIC_PARTS):
            yield Finding(
                path,
                f"{metric['name']}: the description ends with the sentences "
                f"{', '.join(METRIC_PARTS)}, each followed by a colon",
            )
        stated = re.search(r"Anchor: (.+?)\. Unit:", text)
        named = re.findall(r"`(\w+)`", stated[1]) if stated else []
        if sorted(named) != sorted(project.anchors(metric)):
            anchors = " and ".join(project.anchors(metric))
            yield Finding(path, f"{metric['name']}: its anchor is {anchors}")


def metrics_keep_one_anchor(project: Project) -> Iterator[Finding]:
    """What is divided happened at the same kind of moment.

    An anchor is the name of a measure's time dimension, and names show meanings: two
    dimensions of one column, closing and reopening of a day, are two anchors.
    """
    mixed = {
        metric["name"]: metric
        for metric in project.metrics
        if len(project.anchors(metric)) != 1
    }
    for name in sorted(mixed.keys() - ANCHORS_MIXED.keys()):
        yield Finding(
            mixed[name]["original_file_path"],
            f"{name} mixes time anchors: {', '.join(project.anchors(mixed[name]))}",
        )
    for name in sorted(ANCHORS_MIXED.keys() - mixed.keys()):
        yield Finding(
            __file__, f"{name} mixes no anchors: take it out of ANCHORS_MIXED"
        )


def rules_are_guarded(project: Project) -> Iterator[Finding]:
    """Every rule has a test whose description opens with it, and every such rule is."""
    block = project.docs["rules"]
    rules = set(RULE_ROW.findall(block["block_contents"]))
    tests = project.tests_by_rule()
    path = block["original_file_path"]
    for rule in sorted(rules - tests.keys()):
        yield Finding(path, f"{rule} has no test that opens its description with it")
    for rule in sorted(tests.keys() - rules):
        for test in tests[rule]:
            yield Finding(test["original_file_path"], f"{test['name']}: no rule {rule}")


def extracts_are_followed_through(project: Project) -> Iterator[Finding]:
    """An extract that is declared takes every step of CONTRIBUTING, "Add an extract".

    A step that a model must take is seen in what the model reads. Whether its words
    need a vocabulary, and its values a rule about restatements, no manifest shows.
    """
    models = {model["name"]: model for model in project.models}
    tested = {
        each for test in project.unit_tests for each in test["depends_on"]["nodes"]
    }
    for source in project.sources:
        extract, path = source["name"], source["original_file_path"]
        meta = source["config"]["meta"]
        base = models.get(f"base_gladly__{extract}")
        if base is None or source["unique_id"] not in base["depends_on"]["nodes"]:
            yield Finding(path, f"{extract} is not landed by base_gladly__{extract}")
            continue
        staged = models.get(f"stg_gladly__{extract}")
        if staged is None:
            yield Finding(path, f"{extract} has no model stg_gladly__{extract}")
        elif staged["unique_id"] not in tested:
            yield Finding(staged["original_file_path"], "it has no unit test")
        readers = {"audit_row_balance": "macros/auditing/extract_names.sql"}
        for owner in ("customer", "conversation"):
            if meta.get(f"{owner}_ids"):
                model = f"stg_gladly__{owner}_mentions"
                readers[model] = models[model]["original_file_path"]
        if len(readers) == 1 and meta.get("about_customers", True):
            yield Finding(path, f"{extract} does not say whose its records are")
        for reader, mended in readers.items():
            if base["unique_id"] not in models[reader]["depends_on"]["nodes"]:
                yield Finding(mended, f"{extract} is missing, so {reader} lacks it")
        if not any(SAMPLE.glob(_files_of(meta["path"]))):
            yield Finding(path, f"{extract} is not in the sample; see `make sample`")


def parts_name_what_is_read(project: Project) -> Iterator[Finding]:
    """What a model says of its rebuilding in parts is true of its inputs.

    A name that is misspelt would let the whole table be rebuilt, and say nothing.
    """
    for model in project.models:
        meta = model["config"]["meta"]
        inputs = {
            each["name"]: each
            for each in project.models
            if each["unique_id"] in model["depends_on"]["nodes"]
        }
        named = [f"{name}.{by}" for name, by in meta.get("rebuilt_from", {}).items()]
        for pair in meta.get("rebuilt_through", {}).items():
            named += pair
        where = model["patch_path"].split("://")[-1] if named else ""
        if named and "rebuilt_by" not in meta:
            yield Finding(where, f"{model['name']} lacks rebuilt_by")
        for name, column in (each.split(".") for each in named):
            # Columns of base tables are described with their sources.
            columns = inputs.get(name, {}).get("columns")
            if name not in inputs or (columns and column not in columns):
                yield Finding(
                    where,
                    f"{model['name']} is rebuilt by {name}.{column}, "
                    "which it does not read",
                )


def _files_of(path: str) -> str:
    folder, _, name = path.partition("/")
    return f"exports/*/{name}" if folder == "exports" else f"{path}/*"


RULES: list[Callable[[Project], Iterator[Finding]]] = [
    builds_are_repeatable,
    columns_are_described,
    foreign_keys_resolve,
    booleans_are_never_null,
    seeds_declare_types,
    tests_explain_themselves,
    analyses_are_described,
    macros_are_documented_and_called,
    marts_have_pages,
    metrics_explain_themselves,
    metrics_keep_one_anchor,
    rules_are_guarded,
    extracts_are_followed_through,
    parts_name_what_is_read,
]


def main(
    manifest: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
) -> None:
    """Check the project of a manifest against the house rules."""
    project = Project(json.loads(manifest.read_text(encoding="utf-8")))
    findings = sorted({finding for rule in RULES for finding in rule(project)})
    for path, message in findings:
        typer.echo(f"{path}: {message}")
    if findings:
        typer.echo(f"House rules: {len(findings)} findings", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
