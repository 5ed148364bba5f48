"""What is wrong with a database is said in a sentence; its files are their owner's."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from extracts_folder import write_required
from project import ROOT, build, query
from try_faults import obey_permissions

ASKED = """
import sys
sys.path.insert(0, "scripts")
from database_faults import fault_of, sentence_for
"""


def ask(
    code: str, *arguments: str | Path, before: Callable[[], None] | None = None
) -> str:
    """Return what a piece of Python prints that may use the list of faults."""
    ended = subprocess.run(
        [sys.executable, "-c", ASKED + code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        preexec_fn=before,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def fault_of(database: Path, before: Callable[[], None] | None = None) -> str:
    """Return the sentence about a database, or ``None``."""
    return ask("print(fault_of(sys.argv[1]))", database, before=before)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    made = tmp_path / "gladly.duckdb"
    with duckdb.connect(str(made)) as connection:
        connection.execute("create table numbers as from range(300000)")
    return made


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Hold a database open as a client in another process would."""
    code = (
        "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=True);"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as client:
        assert client.stdout is not None
        client.stdout.readline()
        yield
        client.communicate()


def test_a_sound_database_and_one_that_is_not_there_yet_have_no_fault(
    database: Path, tmp_path: Path
) -> None:
    assert fault_of(database) == "None"
    assert fault_of(tmp_path / "made" / "for" / "it" / "gladly.duckdb") == "None"


def test_what_a_killed_build_spilled_is_cleared_away(database: Path) -> None:
    spilled = Path(f"{database}.tmp") / "duckdb_temp_storage_DEFAULT-0.tmp"
    spilled.parent.mkdir()
    spilled.write_text("raw records")
    with held(database):
        fault_of(database)
        assert spilled.exists()
    assert fault_of(database) == "None"
    assert not spilled.exists()


def test_files_that_are_no_database_are_said_to_be_none(database: Path) -> None:
    for content in (b"", b"something else", b"SQLite format 3\0" + b"\0" * 4096):
        database.write_bytes(content)
        assert "is not a DuckDB database" in fault_of(database), content


def test_a_database_that_was_cut_off_or_overwritten_is_said_to_be_damaged(
    database: Path,
) -> None:
    whole = database.read_bytes()
    for content in (whole[: len(whole) // 2], whole[:4096] + b"x" * 9000):
        database.write_bytes(content)
        assert "is damaged" in fault_of(database)


def test_a_folder_in_its_place_is_said_to_be_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "gladly.duckdb").mkdir()
    (tmp_path / "file").write_text("no folder")
    assert "cannot be a file there" in fault_of(tmp_path / "gladly.duckdb")
    assert "cannot be a file there" in fault_of(tmp_path / "file" / "gladly.duckdb")


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize(
    ("of_file", "of_folder"), [(0o400, 0o700), (0, 0o700), (0o600, 0o500), (0o600, 0)]
)
def test_a_file_or_a_folder_without_permission_is_named(
    of_file: int, of_folder: int, exists: bool, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "gladly.duckdb"
    path.parent.mkdir()
    if exists:
        duckdb.connect(str(path)).close()
        path.chmod(of_file)
    path.parent.chmod(of_folder)
    may_be_made = not exists and of_folder == 0o700
    said = fault_of(path, before=obey_permissions)
    path.parent.chmod(0o700)
    if may_be_made:
        assert said == "None"
    else:
        assert f"{path} or its folder may not be written by this user" in said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "IO Error: Trying to read a database file with version number 67, but we "
            "can only read versions between 64 and 66.",
            "another version of DuckDB",
        ),
        ("IO Error: Could not write file: No space left on device", "no room left"),
        ("Out of Memory Error: failed to pin block of size 256.0 KiB", "memory"),
        ("IO Error: Cannot open file: Read-only file system", "only to be read"),
        (
            "Compilation Error: The database was built by an older version of this "
            "project: it has no column byte_count.",
            "older version of this project",
        ),
        ("FATAL Error: database has been invalidated", "damaged"),
        ("IO Error: Cannot open file /x/gladly.duckdb: Permission denied", "may not"),
    ],
)
def test_each_fault_has_its_sentence(said: str, sentence: str) -> None:
    code = "print(sentence_for(sys.argv[1], '/x/gladly.duckdb'))"
    assert sentence in ask(code, said)


@pytest.mark.parametrize(
    "said",
    [
        "Binder Error: Referenced column frist not found in FROM clause",
        'IO Error: Cannot open file "/extracts/a.csv": Permission denied',
        "Required extract missing: no file in reports/ConversationExportReport/",
    ],
)
def test_what_is_no_fault_of_the_database_is_not_taken_for_one(said: str) -> None:
    assert ask("print(sentence_for(sys.argv[1], '/x/gladly.duckdb'))", said) == "None"


def test_a_build_of_a_database_open_elsewhere_ends_with_that_sentence_alone(
    database: Path, tmp_path: Path
) -> None:
    with held(database):
        ended = subprocess.run(
            [sys.executable, "scripts/run_dbt.py", "--target", str(tmp_path / "t")],
            cwd=ROOT,
            env={**os.environ, "GLADLY_DATABASE_PATH": str(database)},
            capture_output=True,
            check=False,
            text=True,
        )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert f"{database} is open in another program" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_an_older_versions_database_is_refused_in_a_sentence_and_built_anew(
    tmp_path: Path,
) -> None:
    extracts, database = tmp_path / "extracts", tmp_path / "gladly.duckdb"
    write_required(extracts)
    select = ("--select", "base_gladly__extract_files", "base_gladly__events")
    made = build(extracts, database, "run", *select)
    assert made.exit_code == 0, made.log
    assert not database.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "alter table staging.base_gladly__extract_files drop column byte_count"
        )
    refused = build(extracts, database, "run", *select)
    assert refused.exit_code != 0
    assert "built by an older version of this project" in refused.log
    assert "byte_count" in refused.log
    assert "--full-refresh" in refused.log
    anew = build(extracts, database, "run", *select, "--full-refresh")
    assert anew.exit_code == 0, anew.log
    assert query(
        database, "select count(byte_count) from staging.base_gladly__extract_files"
    ) == [(2,)]
