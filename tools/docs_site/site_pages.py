"""What the pages of the docs say that follows from the manifest.

Pages are doc blocks: ``<mart>__page`` beside each mart, and those of models/docs.
What can be read from the project is not written in them; it is added here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from artifacts.manifest import ForeignKey, Node, Project, described, grain
from docs_site.column_origins import Origins

RULE_ROW = re.compile(r"^\| (R\d\d) \|.*\|$", re.MULTILINE)
#: Kinds of tables in the order in which a reader meets them.
KINDS = {
    "fct": "Facts",
    "dim": "Dimensions",
    "bridge": "Crosswalks and hierarchies",
    "audit": "Audits",
}


@dataclass(frozen=True)
class Use:
    """What reads a column or a table: a metric or an exposure, and where it stands."""

    name: str
    kind: str
    address: str


def read_by_name(project: Project) -> list[Node]:
    """Return the tables for readers, restricted ones left out, by name."""
    return sorted(
        (
            mart
            for mart in project.marts
            if "restricted" not in mart["fqn"] and mart["config"]["enabled"]
        ),
        key=lambda mart: str(mart["name"]),
    )


def tables_by_kind(project: Project) -> list[tuple[str, list[Node]]]:
    """Return the tables for readers under the title of their kind."""
    marts = read_by_name(project)
    return [
        (title, [mart for mart in marts if mart["name"].startswith(f"{kind}_")])
        for kind, title in KINDS.items()
    ]


def accepted_values(project: Project, mart: Node) -> dict[str, list[str]]:
    """Return the values that tests allow, by column."""
    return {
        test["column_name"]: [
            str(each) for each in test["test_metadata"]["kwargs"]["values"]
        ]
        for test in project.tests
        if test.get("test_metadata")
        and test["test_metadata"]["name"] == "accepted_values"
        and test["attached_node"] == mart["unique_id"]
    }


def references(project: Project) -> dict[str, list[ForeignKey]]:
    """Return the columns that point at each table, by the table pointed at."""
    found: dict[str, list[ForeignKey]] = defaultdict(list)
    for mart in read_by_name(project):
        for key in project.foreign_keys(mart):
            if key.table != key.to_table:
                found[key.to_table].append(key)
    return found


def uses(project: Project, mart: Node) -> list[Use]:
    """Return the metrics over a mart and the exposures that name it, by name."""
    measures = {
        measure["name"]
        for model in project.semantic_models
        if model["node_relation"]["alias"] == mart["alias"]
        for measure in model["measures"]
    }
    found = [
        Use(metric["name"], "metric", f"metrics.html#{metric['name']}")
        for metric in project.metrics
        if _measures(project, metric) & measures
    ]
    found += [
        Use(str(exposure["label"] or exposure["name"]), "exposure", "")
        for exposure in project.exposures
        if mart["unique_id"] in exposure["depends_on"]["nodes"]
    ]
    return sorted(found, key=lambda use: (use.kind, use.name))


def _measures(project: Project, metric: Node) -> set[str]:
    inputs = project.inputs(metric)
    if inputs:
        return {name for each in inputs for name in _measures(project, each)}
    return {str(metric["type_params"]["measure"]["name"])}


def rules_of(project: Project, mart: Node) -> list[str]:
    """Return the rules whose tests look at a mart."""
    return sorted(
        rule
        for rule, tests in project.tests_by_rule().items()
        if any(
            mart["unique_id"] in (test.get("depends_on") or {}).get("nodes", ())
            or test.get("model") == mart["name"]
            for test in tests
        )
    )


def made_of(origins: Origins, mart: Node, column: str) -> str:
    """Return the fields of the extracts that a column is made of, as text."""
    return "; ".join(
        f"{', '.join(fields)} of {extract}"
        for extract, fields in origins.of(mart["name"], column).items()
    )


def rules_page(project: Project) -> str:
    """Return the rules with the tests that guard each, by model."""
    tests = project.tests_by_rule()

    def with_tests(row: re.Match[str]) -> str:
        by_model: dict[str, list[str]] = defaultdict(list)
        for test in tests[row[1]]:
            model, sentence = _subject(test)
            by_model[model].append(sentence)
        cell = "<br>".join(
            f"`{model}`: {'; '.join(sentences)}"
            for model, sentences in sorted(by_model.items())
        )
        return f"{row[0]} {cell} |"

    text = RULE_ROW.sub(with_tests, str(project.docs["rules"]["block_contents"]))
    return text.replace(
        "| where it shows |", "| where it shows | guarded by |"
    ).replace("|---|---|---|", "|---|---|---|---|")


def link_models(text: str, project: Project, to_root: str) -> str:
    """Turn every table for readers named in backticks into a link to its page.

    Args:
        text: as Markdown.
        project: whose tables are linked.
        to_root: from the page with the text to the first page, such as ``../``.
    """
    names = {mart["name"] for mart in read_by_name(project)}

    def link(found: re.Match[str]) -> str:
        name = found[1].split(".")[-1]
        if name not in names:
            return found[0]
        return f"[{found[0]}]({to_root}tables/{name}.html)"

    return re.sub(r"(?<!\[)`([a-z_.]+)`(?!\])", link, text)


def plain(text: str) -> str:
    """Return Markdown without marks of code, on one line."""
    return " ".join(text.replace("`", "").split())


def opening(mart: Node) -> tuple[str, str]:
    """Return what a row of a mart is, and the rest of its description."""
    first = grain(mart)
    return first, " ".join(described(mart).split()).removeprefix(first).strip()


def _subject(test: Node) -> tuple[str, str]:
    """Return the model a test is about, and its name as a sentence."""
    if test["resource_type"] == "unit_test":
        model = str(test["model"])
    elif test.get("test_metadata"):
        model = str(test["attached_node"]).split(".")[-1]
    else:
        models = [str(each).split(".")[-1] for each in test["depends_on"]["nodes"]]
        model = models[0] if len(models) == 1 else "the tables together"
    sentence = str(test["name"]).removeprefix(f"{model}__").removeprefix("assert_")
    return model, re.sub(r"^r\d\d_", "", sentence).replace("_", " ")
