"""A tenant at a moment: the clock, what readers have seen, and export jobs."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from gladly_sandbox.clock import When, file_stamp, moment
from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.extracts.emitted import Emitted
from gladly_sandbox.extracts.export_jobs import write_export_job
from gladly_sandbox.extracts.landing import Written
from gladly_sandbox.extracts.plan import Capture, Pull
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Json
from gladly_sandbox.truth import Truth, compute_truth

#: Export jobs and their files are gone after this.
JOBS_KEPT = timedelta(days=14)
#: The Events API reaches back this far.
EVENTS_KEPT = timedelta(hours=24)
#: The daily job over the day before runs at this hour UTC.
JOB_HOUR = 1


class World:
    """A tenant whose clock goes forward only.

    The clock stands still until it is moved, or runs ``speed`` simulated seconds for
    each real one.

    Attributes:
        tenant: the company.
        speed: simulated seconds a second; 0 for a clock that is only moved.
        emitted: what readers have been shown.
        folder: where the files of export jobs are.
    """

    def __init__(
        self, tenant: Tenant, at: When | None = None, *, speed: float = 0.0
    ) -> None:
        """Start at ``at``, by default a day and two hours into the tenant's history.

        Jobs that ran before are there as far as they are kept.
        """
        self.tenant = tenant
        self.speed = speed
        self.folder = Path(tempfile.mkdtemp(prefix="gladly-sandbox-jobs-"))
        self._player = tenant.player()
        self._now = tenant.start
        self._since = time.monotonic()
        self.emitted = Emitted(self._now)
        self._next_job = tenant.start + timedelta(days=1, hours=JOB_HOUR)
        self._jobs: dict[str, datetime] = {}
        self.served_at = self._now
        self._files: list[Path] = []
        self.move(moment(at) if at else tenant.start + timedelta(days=1, hours=2))

    def close(self) -> None:
        """Delete the files of export jobs."""
        shutil.rmtree(self.folder, ignore_errors=True)

    # The clock -------------------------------------------------------------

    def now(self) -> datetime:
        """Return the moment it is for the tenant, to the second."""
        if self.speed:
            passed = (time.monotonic() - self._since) * self.speed
            self._play(self._now + timedelta(seconds=passed))
            self._since = time.monotonic()
        return self._now.replace(microsecond=0)

    def move(self, to: datetime) -> datetime:
        """Let time pass until ``to`` and return what time it is then.

        Raises:
            ValueError: for a moment that has passed.
        """
        if to < self._now:
            raise ValueError(f"the clock is at {self._now:%Y-%m-%d %H:%M:%S} already")
        self._play(to)
        self._since = time.monotonic()
        return self.now()

    def _play(self, to: datetime) -> None:
        while self._next_job <= to:
            self._run_job(self._next_job)
            self._next_job += timedelta(days=1)
        self._player.advance(to)
        self._now = to
        for job_id in [i for i, at in self._jobs.items() if at < to - JOBS_KEPT]:
            self.forget_job(job_id)

    @property
    def state(self) -> State:
        """The world as of the clock."""
        self.now()
        return self._player.state

    # Export jobs -----------------------------------------------------------

    def _run_job(self, at: datetime) -> None:
        state = self._player.advance(at)
        midnight = at - timedelta(hours=JOB_HOUR)
        pull = Pull(midnight - timedelta(days=1), midnight - timedelta(milliseconds=1))
        capture = Capture(at, "daily", exports=[pull])
        self.emitted.at = at
        desk = Desk(
            self.tenant, state, capture, at, self.folder, self.emitted, set(), []
        )
        before = set(self.jobs_folder.glob("*"))
        write_export_job(desk, pull, 0)
        (made,) = set(self.jobs_folder.glob("*")) - before
        self._jobs[made.name] = at

    @property
    def jobs_folder(self) -> Path:
        """Where each export job has a folder."""
        return self.folder / "exports"

    def jobs(self) -> list[Json]:
        """Return the jobs that are kept, newest first."""
        self.now()
        newest_first = sorted(self._jobs, key=lambda i: self._jobs[i], reverse=True)
        return [json.loads(self.job_file(i, "job.json") or "") for i in newest_first]

    def job_file(self, job_id: str, name: str) -> bytes | None:
        """Return a file of a job that is kept; None when there is none."""
        path = self.jobs_folder / job_id / name
        known = job_id in self._jobs and "/" not in name
        return path.read_bytes() if known and path.is_file() else None

    def forget_job(self, job_id: str) -> None:
        """Delete a job and its files."""
        del self._jobs[job_id]
        shutil.rmtree(self.jobs_folder / job_id)

    # The truth -------------------------------------------------------------

    def truth(self, timezone: str = "UTC") -> Truth:
        """Return what a correct build over all that was shown finds."""
        state = self.state
        written = Written(self.folder, self._files, self.emitted, state, self.served_at)
        return compute_truth(written, timezone)

    def stamp(self) -> str:
        """Return the moment as file names have it."""
        return file_stamp(self.now())
