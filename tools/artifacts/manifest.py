"""The parts of dbt's manifest that the checks and the docs site read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

Node = dict[str, Any]

# A test says which rules it guards at the start of its description: "R10, R11; …".
RULES = re.compile(r"R\d\d(?:, R\d\d)*(?=; )")


class ForeignKey(NamedTuple):
    """A column of one table whose values are all found in a column of another."""

    table: str
    column: str
    to_table: str
    to_column: str


class Project:
    """The parts of a manifest, as dbt 1.11 writes it, that are the project's own."""

    def __init__(self, manifest: Node) -> None:
        """Take the parsed content of ``manifest.json``."""
        name = manifest["metadata"]["project_name"]

        def own(section: str) -> list[Node]:
            return [
                node
                for node in manifest[section].values()
                if node["package_name"] == name
            ]

        self.nodes = own("nodes")
        self.sources = own("sources")
        self.macros = own("macros")
        self.unit_tests = own("unit_tests")
        self.exposures = own("exposures")
        self.metrics = own("metrics")
        self.semantic_models = own("semantic_models")
        self.docs = {block["name"]: block for block in own("docs")}
        self.models = self.of_type("model")
        self.seeds = self.of_type("seed")
        self.tests = self.of_type("test")
        self.marts = [
            model
            for model in self.models
            if model["original_file_path"].startswith("models/marts/")
        ]
        self._generic_tests: dict[str, list[Node]] = defaultdict(list)
        for test in self.tests:
            if test.get("test_metadata"):
                self._generic_tests[test["attached_node"]].append(test)

    def of_type(self, resource_type: str) -> list[Node]:
        """Return the nodes of one resource type."""
        return [node for node in self.nodes if node["resource_type"] == resource_type]

    def has_test(self, node: Node, column: str, test: str) -> bool:
        """Say whether a column has a generic test of that name."""
        return any(
            each["test_metadata"]["name"] == test and each["column_name"] == column
            for each in self._generic_tests[node["unique_id"]]
        )

    def key(self, node: Node) -> list[str]:
        """Return the columns tested to be unique together; none when none are."""
        for column in node["columns"]:
            if self.has_test(node, column, "unique"):
                return [column]
        for test in self._generic_tests[node["unique_id"]]:
            if test["test_metadata"]["name"] == "unique_combination":
                return list(test["test_metadata"]["kwargs"]["columns"])
        return []

    def foreign_keys(self, node: Node) -> list[ForeignKey]:
        """Return what the relationships tests of a model promise, by column."""
        names = {model["unique_id"]: model["name"] for model in self.models}
        found = []
        for test in self._generic_tests[node["unique_id"]]:
            if test["test_metadata"]["name"] != "relationships":
                continue
            others = [
                names[each]
                for each in test["depends_on"]["nodes"]
                if each in names and each != node["unique_id"]
            ]
            found.append(
                ForeignKey(
                    node["name"],
                    test["column_name"],
                    others[0] if others else node["name"],
                    test["test_metadata"]["kwargs"]["field"],
                )
            )
        order = list(node["columns"])
        return sorted(found, key=lambda key: (order.index(key.column), key.to_table))

    def inputs(self, metric: Node) -> list[Node]:
        """Return what a metric is worked out from; a simple one from no metric."""
        params = metric["type_params"]
        given = [params["numerator"], params["denominator"], *(params["metrics"] or [])]
        names = {each["name"] for each in given if each}
        return [each for each in self.metrics if each["name"] in names]

    def anchors(self, metric: Node) -> list[str]:
        """Return the time anchors of all that a metric is worked out from, in order."""
        inputs = self.inputs(metric)
        if inputs:
            found = [anchor for each in inputs for anchor in self.anchors(each)]
            return list(dict.fromkeys(found))
        measure = metric["type_params"]["measure"]["name"]
        return [
            str(each["agg_time_dimension"] or model["defaults"]["agg_time_dimension"])
            for model in self.semantic_models
            for each in model["measures"]
            if each["name"] == measure
        ]

    def tests_by_rule(self) -> dict[str, list[Node]]:
        """Return the data and unit tests that guard each rule (``R11``), by name."""
        found: dict[str, list[Node]] = defaultdict(list)
        for test in sorted(
            [*self.tests, *self.unit_tests], key=lambda each: str(each["name"])
        ):
            if opening := RULES.match(described(test)):
                for rule in opening[0].split(", "):
                    found[rule].append(test)
        return found


def described(node: Node) -> str:
    """Return a description, wherever this version of dbt keeps it."""
    config = node.get("config") or {}
    return str(node.get("description") or config.get("description") or "").strip()


def grain(model: Node) -> str:
    """Return the sentence of a description that says what a row is, on one line."""
    return re.split(r"(?<=\.) ", " ".join(described(model).split()), maxsplit=1)[0]
