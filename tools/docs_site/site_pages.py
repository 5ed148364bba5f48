"""Writes the parts of the docs that follow from the manifest, as Markdown.

Pages are doc blocks: ``<mart>__page`` beside each mart, ``rules``, ``differences``
and ``connecting``.
What can be read from the project is not written in them; it is added here.
"""

from __future__ import annotations

import re
from collections import defaultdict

from artifacts.manifest import Node, Project, described, grain
from docs_site.column_origins import Origins

RULE_ROW = re.compile(r"^\| (R\d\d) \|.*\|$", re.MULTILINE)
MARTS_PLACE = "<!-- marts -->"
#: How many fields are named beside a column, before it takes a diagram to follow them.
MOST_FIELDS = 12
#: Kinds of tables in the order in which a reader meets them.
KINDS = {
    "fct": "Facts",
    "dim": "Dimensions",
    "bridge": "Crosswalks and hierarchies",
    "audit": "Audits",
}


def read_by_name(project: Project) -> list[Node]:
    """Return the tables for readers, restricted ones left out, by name."""
    return sorted(
        (mart for mart in project.marts if mart["schema"] in ("marts", "audit")),
        key=lambda mart: str(mart["name"]),
    )


def homepage(project: Project) -> str:
    """Return the overview with every mart and its grain in place."""
    parts = []
    marts = read_by_name(project)
    for kind, title in KINDS.items():
        rows = [
            f"| `{mart['name']}` | {grain(mart)} | {_key(project, mart)} |"
            for mart in marts
            if mart["name"].startswith(f"{kind}_")
        ]
        if rows:
            head = ["", f"### {title}", "", "| table | what a row is | key |"]
            parts += [*head, "|---|---|---|", *rows]
    text = str(project.docs["__overview__"]["block_contents"])
    if MARTS_PLACE not in text:
        raise ValueError(f"models/docs/overview.md has no line {MARTS_PLACE}")
    return link_models(text.replace(MARTS_PLACE, "\n".join(parts)), project, "#!")


def mart_page(project: Project, mart: Node) -> str:
    """Return the description of a mart followed by its key and its page."""
    page = project.docs.get(f"{mart['name']}__page")
    parts = [described(mart), f"**Key** {_key(project, mart)}"]
    if page:
        parts.append(page["block_contents"].strip())
    parts.append(
        "The fields of the extracts that a column is made of are named beside it; "
        f"[how they get there](lineage.html?model={mart['unique_id']}&parents=1)."
    )
    return link_models("\n\n".join(parts), project, "#!")


def column_text(origins: Origins, mart: Node, column: Node) -> str:
    """Return the description of a column followed by the fields it is made of.

    Of a column made of many, such as a resolved id, only the extracts are named. dbt's
    page shows the text as it is, so marks of code would show as well.
    """
    text = described(column).replace("`", "")
    found = origins.of(mart["name"], column["name"])
    if not found:
        return text
    if sum(map(len, found.values())) > MOST_FIELDS:
        told = f"fields of {', '.join(found)}"
    else:
        told = "; ".join(
            f"{', '.join(fields)} of {extract}" for extract, fields in found.items()
        )
    return f"{text} Made of {told}."


def rules_page(project: Project) -> str:
    """Return the rules with the tests that guard each, by model."""
    tests = project.tests_by_rule()

    def with_tests(row: re.Match[str]) -> str:
        by_model: dict[str, list[str]] = defaultdict(list)
        for test in tests[row[1]]:
            model, sentence = _told_by(test)
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


def link_models(text: str, project: Project, prefix: str) -> str:
    """Turn every model named in backticks into a link to its page."""
    ids = {model["name"]: model["unique_id"] for model in project.models}

    def link(name: re.Match[str]) -> str:
        unique_id = ids.get(name[1].split(".")[-1])
        return f"[{name[0]}]({prefix}/model/{unique_id})" if unique_id else name[0]

    return re.sub(r"(?<!\[)`([a-z_.]+)`(?!\])", link, text)


def _key(project: Project, mart: Node) -> str:
    return ", ".join(f"`{column}`" for column in project.key(mart))


def _told_by(test: Node) -> tuple[str, str]:
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
