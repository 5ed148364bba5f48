"""A pull that is killed at any moment goes on where it was."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from gladly_sandbox.server import Served

#: How often the pull is killed.
KILLS = 20
COMMAND = ("-m", "gladly_extract", "pull", "--quiet", "--since", "2025-01-01")


def _environment(served: Served, out: Path) -> dict[str, str]:
    service = served.service
    return {
        **os.environ,
        "GLADLY_HOST": served.url,
        "GLADLY_USER": service.user,
        "GLADLY_API_TOKEN": service.token,
        "GLADLY_EXTRACTS_PATH": str(out),
        "GLADLY_REPORTS_PER_MINUTE": "100000",
        "GLADLY_RETRY_WAIT": "0.01",
    }


def _start(served: Served, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            *["-m", "gladly_extract", "pull", "--quiet", "--since", "2025-01-01"],
        ],
        env=_environment(served, out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _pull(served: Served, out: Path) -> None:
    process = _start(served, out)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def _asked(served: Served) -> int:
    return sum(served.service.requests.values())


def _files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_pull_killed_twenty_times_fills_the_same_folder(
    served: Served, tmp_path: Path
) -> None:
    served.service.limits.per_second = 0
    world = served.service.world
    world.move(world.now() + timedelta(days=3))
    before = _asked(served)
    _pull(served, tmp_path / "at-once")
    undisturbed = _asked(served) - before
    chance = random.Random(7)
    killed, wasted = 0, _asked(served)
    out = tmp_path / "killed"
    while killed < KILLS:
        until = _asked(served) + chance.randint(3, 12)
        process = _start(served, out)
        while _asked(served) < until and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.01)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        # What is there is whole: each kept file is one of the undisturbed pull.
        kept, whole = _files(out), _files(tmp_path / "at-once")
        assert all(whole.get(name) == body for name, body in kept.items())
        assert process.returncode in (0, -signal.SIGKILL)
        if process.returncode == 0:
            break
    _pull(served, out)
    assert killed == KILLS
    assert _files(out) == _files(tmp_path / "at-once")
    assert not list(out.rglob(".*.partial"))
    # Each start asks for the time and the jobs, and for what it had not kept.
    wasted = _asked(served) - wasted - undisturbed
    assert wasted < KILLS * 30
