"""Does to builds what can happen to them, and shows that the next one mends it.

Builds extracts once undisturbed; then again and again with the build killed at a
random moment, with a fault of the database, in other surroundings, and of files that
arrive one after the other. After each, a build must end with the same hashes, and a
fault must be reported in one sentence. `make faults` runs all of it, about half an hour
on two cores.
"""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple

import duckdb
import typer

from checks.hash_marts import differences, hash_tables
from gladly_sandbox.oddities import copy_units, landing_order

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "extracts" / "sample"
STAMP = "%Y%m%dT%H%M%SZ"
#: A sentence may be wrapped, and dbt's own first words come before it.
MOST_LINES = 4
#: In how many parts files arrive.
BATCHES = 4
#: Debian's, or wherever else it is.
FAKETIME = Path(
    os.environ.get("LIBFAKETIME")
    or "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
)
SURROUNDINGS = {
    "one thread": (("--threads", "1"), {}),
    "four threads": (("--threads", "4"), {}),
    "another time zone": ((), {"TZ": "Pacific/Chatham"}),
    "another locale": ((), {"LANG": "tr_TR.UTF-8", "LC_ALL": "C"}),
    "another order of hashes": ((), {"PYTHONHASHSEED": "4711"}),
    "a clock a year ahead": (
        (),
        {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "+365d"},
    ),
}


class Outcome(NamedTuple):
    """How a build ended: exit code, and what it printed."""

    code: int
    printed: str


class Folder(NamedTuple):
    """Where one build happens: its database, and what dbt writes."""

    root: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.root / "data" / "gladly.duckdb"

    def build(
        self,
        extracts: Path,
        *flags: str,
        variables: dict[str, str] | None = None,
        before: Callable[[], None] | None = None,
        kill_after: float | None = None,
    ) -> Outcome:
        """Build as `make build` does, without tests; kill it after some seconds."""
        command = [
            *(sys.executable, "scripts/run_dbt.py", "--target", str(self.root / "t")),
            *("--", "--exclude-resource-type", "test", *flags),
        ]
        environment = {
            **os.environ,
            "GLADLY_EXTRACTS_PATH": str(extracts),
            "GLADLY_DATABASE_PATH": str(self.database),
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_LOG_PATH": str(self.root / "logs"),
            **(variables or {}),
        }
        with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
            running = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=printed,
                stderr=subprocess.STDOUT,
                preexec_fn=before,
                start_new_session=True,
            )
            try:
                running.wait(kill_after)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
            printed.seek(0)
            return Outcome(running.returncode, printed.read())


class Trial:
    """The extracts, the undisturbed build, and what went wrong so far."""

    def __init__(self, work: Path, extracts: Path) -> None:
        """Build undisturbed: first all but a proof of deletion, then with it."""
        self.work = work
        self.failures: list[str] = []
        self.extracts = work / "extracts"
        shutil.copytree(extracts, self.extracts)
        self.first = self._folder("first")
        self._expect_good(self.first.build(self.extracts), "first build")
        self._prove_a_deletion()
        self.whole = Folder(work / "whole")
        shutil.copytree(self.first.root, self.whole.root)
        started = time.monotonic()
        self._expect_good(self.whole.build(self.extracts), "second build")
        self.seconds = time.monotonic() - started
        self.hashes = hash_tables(self.whole.database)

    def _folder(self, name: str) -> Folder:
        made = Folder(self.work / name)
        made.root.mkdir()
        return made

    def _prove_a_deletion(self) -> None:
        """Look up a customer with messages who is not there any more."""
        with duckdb.connect(str(self.first.database), read_only=True) as connection:
            found = connection.execute(
                "select min(customer_id) from marts.fct_messages "
                "inner join marts.dim_customers using (customer_id) "
                "where customer_status = 'current'"
            ).fetchone()
        assert found is not None
        newest = max(path.name for path in self.extracts.rglob("2*Z__*"))[:16]
        later = datetime.strptime(newest, STAMP) + timedelta(days=1)
        folder = self.extracts / "lookups" / "customers"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{later:{STAMP}}__proof.jsonl").write_text(
            f'{{"requestedId": "{found[0]}", "status": 404}}\n', "utf-8"
        )

    def _expect_good(self, outcome: Outcome, what: str) -> None:
        if outcome.code:
            raise RuntimeError(f"{what} failed:\n{outcome.printed}")

    @contextmanager
    def disturbed(self, what: str) -> Iterator[Folder]:
        """Yield a database to disturb, then build and compare it."""
        folder = Folder(Path(tempfile.mkdtemp(prefix="fault-", dir=self.work)))
        shutil.rmtree(folder.root)
        shutil.copytree(self.first.root, folder.root)
        yield folder
        mended = folder.build(self.extracts)
        problems = []
        if mended.code:
            problems = [f"the next build failed:\n{mended.printed}"]
        else:
            problems = differences(self.hashes, hash_tables(folder.database))
            problems += unreadable(folder.database.parent / "parquet")
        self.report(what, problems)
        shutil.rmtree(folder.root)

    def report(self, what: str, problems: list[str]) -> None:
        """Say how it went."""
        typer.echo(f"{'FAIL' if problems else 'ok  '} {what}")
        for problem in problems:
            typer.echo(f"     {problem}")
        if problems:
            self.failures.append(what)

    def expect_sentence(self, what: str, outcome: Outcome) -> None:
        """Report whether a build that could not work said why, and no more."""
        said = (line for line in outcome.printed.splitlines() if " steps, " not in line)
        printed = "\n".join(said).strip()
        problems = []
        if outcome.code == 0:
            problems.append("the build went well")
        if not printed or "Traceback" in printed:
            problems.append(f"no sentence, or a traceback: {printed[:400]}")
        if len(printed.splitlines()) > MOST_LINES:
            problems.append(f"more than a sentence: {printed[:400]}")
        self.report(f"{what}: {printed[:150]}", problems)


def unreadable(folder: Path) -> list[str]:
    """Return the Parquet files that are not whole."""
    found = []
    for path in sorted(folder.rglob("*.parquet")):
        try:
            with duckdb.connect() as connection:
                connection.execute("select count(*) from read_parquet(?)", [str(path)])
        except duckdb.Error as error:
            found.append(f"{path.name}: {error}")
    return found


def try_kills(trial: Trial, kills: int, seed: int) -> None:
    """Kill builds at random moments from start to end."""
    chance = random.Random(seed)
    for number in range(kills):
        # One in each stretch of the build, so that no stage is missed.
        share = (number + chance.random()) / kills
        moment = 2 + share * max(trial.seconds - 2, 1)
        with trial.disturbed(f"killed after {moment:.1f} s") as folder:
            folder.build(trial.extracts, kill_after=moment)
            for problem in unreadable(folder.database.parent / "parquet"):
                trial.report("Parquet files of a killed build", [problem])


def try_faults(trial: Trial) -> None:
    """Break the database, or what it stands on, and build."""
    for what, is_reader in {"reader": True, "writer": False}.items():
        with trial.disturbed(f"open in a {what}, then closed") as folder:
            holder = duckdb.connect(str(folder.database), read_only=is_reader)
            outcome = folder.build(trial.extracts)
            holder.close()
            trial.expect_sentence(f"open in a {what}", outcome)
    with trial.disturbed("two builds at once") as folder, ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(folder.build, trial.extracts) for _ in range(2))
        good, refused = sorted([first.result(), second.result()])
        trial.report("one of two goes well", [good.printed] if good.code else [])
        trial.expect_sentence("the other", refused)
    whole = trial.first.database.read_bytes()
    broken = {
        "not a database": b"something else\n" * 1000,
        "cut off": whole[: len(whole) // 3],
        "empty": b"",
        "overwritten": whole[:12288] + b"\0" * 1_000_000 + whole[1_012_288:],
    }
    for what, content in broken.items():
        with trial.disturbed(f"{what}, then deleted") as folder:
            folder.database.write_bytes(content)
            trial.expect_sentence(what, folder.build(trial.extracts))
            folder.database.unlink()
    with trial.disturbed("a folder in its place, then removed") as folder:
        folder.database.unlink()
        folder.database.mkdir()
        trial.expect_sentence("a folder", folder.build(trial.extracts))
        folder.database.rmdir()
    for what, path, right in (
        ("a read-only file", "data/gladly.duckdb", 0o400),
        ("a file that may not be read", "data/gladly.duckdb", 0),
        ("a read-only folder", "data", 0o500),
    ):
        with trial.disturbed(f"{what}, then with permission") as folder:
            (folder.root / path).chmod(right)
            bound = folder.build(trial.extracts, before=obey_permissions)
            trial.expect_sentence(what, bound)
            (folder.root / path).chmod(0o700)
    with trial.disturbed("disk full, then not") as folder:
        # A build into what is there uses the room that tables leave free.
        room = folder.database.stat().st_size // 2
        folder.database.unlink()
        full = folder.build(trial.extracts, before=_at_most(room))
        trial.expect_sentence("disk full", full)
    with trial.disturbed("an older version's database, then built anew") as folder:
        with duckdb.connect(str(folder.database)) as connection:
            connection.execute(
                "alter table staging.base_gladly__events drop column _record_hash"
            )
        trial.expect_sentence("older version", folder.build(trial.extracts))
        folder.build(trial.extracts, "--full-refresh")
    with trial.disturbed("1 GB of memory") as folder:
        profiles = folder.root / "profiles"
        profiles.mkdir()
        text = (ROOT / "profiles.yml").read_text("utf-8")
        text = text.replace("{{ flags.PROFILES_DIR }}", str(ROOT))
        (profiles / "profiles.yml").write_text(
            text.replace("settings:", "settings:\n        memory_limit: 1GB"), "utf-8"
        )
        small = folder.build(
            trial.extracts, variables={"DBT_PROFILES_DIR": str(profiles)}
        )
        trial.report("1 GB is enough", [small.printed] if small.code else [])


def obey_permissions() -> None:
    """Let a process be bound by permissions, even one of root, which Linux exempts."""
    if not os.getuid():
        drop_from_bounding_set, override, search = 24, 1, 2
        for capability in (override, search):
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def _at_most(size: int) -> Callable[[], None]:
    """Return what keeps a process from writing files larger than a size."""

    def limit() -> None:
        # Python ignores the signal, so that writing fails as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def try_surroundings(trial: Trial) -> None:
    """Build with other threads, zone, locale, hashes and clock."""
    for what, (flags, variables) in SURROUNDINGS.items():
        if "LD_PRELOAD" in variables and not FAKETIME.exists():
            typer.echo(f"skip {what}: {FAKETIME} is not there; name it in LIBFAKETIME")
            continue
        folder = Folder(Path(tempfile.mkdtemp(prefix="around-", dir=trial.work)))
        ended = folder.build(trial.extracts, *flags, variables=variables)
        problems = (
            [ended.printed]
            if ended.code
            else differences(trial.hashes, hash_tables(folder.database))
        )
        trial.report(what, problems)
        shutil.rmtree(folder.root)


def try_arrivals(trial: Trial) -> None:
    """Let the files arrive in parts, with a build after each."""
    for what, seed in {"in the order of capture": None, "in any order": 1}.items():
        folder = Folder(Path(tempfile.mkdtemp(prefix="arriving-", dir=trial.work)))
        arrived = folder.root / "extracts"
        for batch in landing_order(trial.extracts, BATCHES, seed=seed):
            copy_units(trial.extracts, batch, arrived)
            # Until all required extracts are there, a build stops with a sentence.
            ended = folder.build(arrived)
        problems = (
            [ended.printed]
            if ended.code
            else differences(trial.hashes, hash_tables(folder.database))
        )
        trial.report(f"files that arrive {what}", problems)
        shutil.rmtree(folder.root)


def main(
    kills: Annotated[int, typer.Option(help="How many builds to kill.")] = 20,
    seed: Annotated[int, typer.Option(help="Which moments.")] = 1,
    faults: Annotated[bool, typer.Option(help="Try the faults of a database.")] = True,
    surroundings: Annotated[bool, typer.Option(help="Try other surroundings.")] = True,
    arrivals: Annotated[bool, typer.Option(help="Let files arrive in parts.")] = True,
    extracts: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="What to build.")
    ] = SAMPLE,
) -> None:
    """Kill builds, break databases, change the surroundings; compare by hash."""
    with tempfile.TemporaryDirectory(prefix="gladly-faults-") as name:
        trial = Trial(Path(name), extracts)
        typer.echo(f"An undisturbed build takes {trial.seconds:.0f} s")
        try_kills(trial, kills, seed)
        if faults:
            try_faults(trial)
        if surroundings:
            try_surroundings(trial)
        if arrivals:
            try_arrivals(trial)
    if trial.failures:
        typer.echo(f"{len(trial.failures)} failed", err=True)
        raise typer.Exit(1)
    typer.echo("Every build after a fault equals the undisturbed one")


if __name__ == "__main__":
    typer.run(main)
