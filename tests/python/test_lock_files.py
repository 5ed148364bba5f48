"""What is installed is pinned by hash, and the bill of materials lists it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT

# And how many packages there are at least.
LOCK_FILES = {
    "requirements.lock": 51,
    "requirements-dev.lock": 51,
    "requirements-spark.lock": 51,
    "requirements-superset.lock": 51,
    "requirements-uv.lock": 1,
}


def pins(lock_file: str) -> dict[str, list[str]]:
    """Return the hashes of every package and version."""
    found: dict[str, list[str]] = {}
    text = (ROOT / lock_file).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pinned = line.split(maxsplit=1)[0]
            found.setdefault(pinned, []).extend(
                re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
            )
    return found


@pytest.mark.parametrize(("lock_file", "packages"), LOCK_FILES.items())
def test_every_package_is_pinned_by_hash_and_names_no_host(
    lock_file: str, packages: int
) -> None:
    found = pins(lock_file)
    assert len(found) >= packages
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", pinned) for pinned in found)
    assert all(found.values())
    text = (ROOT / lock_file).read_text("utf-8")
    assert "://" not in text and "--index-url" not in text


def test_what_make_build_installs_is_a_part_of_what_make_test_installs() -> None:
    build, everything = pins("requirements.lock"), pins("requirements-dev.lock")
    assert build.items() <= everything.items()


def test_superset_reads_with_the_duckdb_that_writes() -> None:
    def duckdb_of(lock_file: str) -> set[str]:
        return {pinned for pinned in pins(lock_file) if pinned.startswith("duckdb==")}

    assert duckdb_of("requirements-superset.lock") == duckdb_of("requirements.lock")


def test_the_bill_of_materials_lists_what_the_lock_file_pins(tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("cyclonedx-py")),
        *("requirements", "--pyproject", "pyproject.toml"),
        *("--mc-type", "application", "--output-reproducible"),
        *("--output-format", "JSON", "--output-file", str(tmp_path / "sbom.json")),
        "requirements.lock",
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    listed = json.loads((tmp_path / "sbom.json").read_bytes())
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "gladly-dbt"
    components = {f"{each['name']}=={each['version']}" for each in listed["components"]}
    assert components == pins("requirements.lock").keys()
