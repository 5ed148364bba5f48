"""Writes the page of all metrics, as Markdown, from the manifest."""

from __future__ import annotations

import re
from pathlib import Path

from artifacts.manifest import Node, Project, described


def metrics_page(project: Project) -> str:
    """Return the page: every metric by subject, with its anchor, unit and formula."""
    parts = [str(project.docs["metrics"]["block_contents"])]
    subjects = sorted({metric["original_file_path"] for metric in project.metrics})
    for path in subjects:
        title = Path(path).stem.replace("_", " ").capitalize()
        parts += [
            *("", f"## {title}", ""),
            "| metric | what it is | anchor | unit | null | formula |",
            "|---|---|---|---|---|---|",
        ]
        parts += [
            _row(project, metric)
            for metric in project.metrics
            if metric["original_file_path"] == path
        ]
    return "\n".join(parts)


def _row(project: Project, metric: Node) -> str:
    text, *told = re.split(r" (?:Anchor|Unit|Null|Owner): ", described(metric))
    anchor, unit, null, owner = (each.removesuffix(".") for each in told)
    name = metric["name"]
    cells = (
        f'<a id="{name}"></a>`{name}`',
        f"{text} Owner: {owner}.",
        *(anchor, unit, null, _formula(project, metric)),
    )
    return f"| {' | '.join(cells)} |"


def _formula(project: Project, metric: Node) -> str:
    """Return how a metric is worked out, in the words of MetricFlow's input."""
    params = metric["type_params"]
    if metric["type"] == "ratio":
        return f"`{params['numerator']['name']} / {params['denominator']['name']}`"
    if metric["type"] == "derived":
        offsets = [
            f", 1 {each['offset_window']['granularity']} before"
            for each in params["metrics"]
            if each["offset_window"]
        ]
        return f"`{params['expr']}`{''.join(offsets)}"
    name = params["measure"]["name"]
    model, measure = next(
        (model, measure)
        for model in project.semantic_models
        for measure in model["measures"]
        if measure["name"] == name
    )
    table = model["node_relation"]["alias"]
    formula = f"`{measure['agg']}({measure['expr']})` of `{table}`"
    filters = (metric["filter"] or {}).get("where_filters", [])
    for where in filters:
        condition = re.sub(
            r"\{\{ \w+\('(?:\w+__)?(\w+)'[^}]*\}\}", r"\1", where["where_sql_template"]
        )
        formula += f" where `{condition}`"
    return formula
