"""A bucket as a target, by a server of S3 on this machine."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gladly_extract.folder import STATE
from gladly_extract.plan import Wanted
from gladly_extract.problems import BusyError, SettingsError
from gladly_sandbox.server import Served
from pulled import pull_once, settings_for

s3fs = pytest.importorskip("s3fs")
moto = pytest.importorskip("moto.server")

pytestmark = pytest.mark.filterwarnings("default")
BUCKET = "s3://extracts/gladly"
ALL = Wanted(since=date(2025, 1, 1))


@pytest.fixture
def bucket(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[s3fs.S3FileSystem]:
    # Garbage of s3fs closes its connections in whatever event loop runs when it is
    # found; here none does.
    gc.collect()
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
        ("TMPDIR", str(tmp_path)),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("tempfile.tempdir", None)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.call_s3("create_bucket", Bucket="extracts")
    yield system
    s3fs.S3FileSystem.clear_instance_cache()
    del system
    gc.collect()
    server.stop()
    monkeypatch.undo()


def _objects(system: s3fs.S3FileSystem) -> dict[str, bytes]:
    system.invalidate_cache()
    return {
        path.removeprefix("extracts/gladly/"): system.cat_file(path)
        for path in system.find("extracts")
    }


def test_a_bucket_holds_what_a_folder_would(
    bucket: s3fs.S3FileSystem, served: Served, tmp_path: Path
) -> None:
    assert (
        pull_once(settings_for(served, Path("x"), extracts_path=BUCKET), ALL).exit == 0
    )
    made = _objects(bucket)
    assert made.pop(STATE)
    pull_once(settings_for(served, tmp_path / "here"), ALL)
    assert made == {
        path.relative_to(tmp_path / "here").as_posix(): path.read_bytes()
        for path in (tmp_path / "here").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_next_pull_into_a_bucket_asks_for_nothing_again(
    bucket: s3fs.S3FileSystem, served: Served
) -> None:
    settings = settings_for(served, Path("x"), extracts_path=BUCKET)
    pull_once(settings, ALL)
    before = _objects(bucket)
    # Also when the ledger is gone.
    bucket.rm_file(f"extracts/gladly/{STATE}")
    results = pull_once(settings, ALL)
    assert {name: r.files for name, r in results.extracts.items() if r.files} == {}
    after = _objects(bucket)
    assert after.pop(STATE) and before.pop(STATE)
    assert after == before


def test_one_pull_at_a_time_into_a_bucket_from_this_machine(
    bucket: s3fs.S3FileSystem, served: Served
) -> None:
    from gladly_extract.bucket import Bucket

    with Bucket(BUCKET).lock(), pytest.raises(BusyError):
        pull_once(settings_for(served, Path("x"), extracts_path=BUCKET), ALL)


def test_an_address_that_nothing_understands_is_a_sentence(served: Served) -> None:
    settings = settings_for(served, Path("x"), extracts_path="nowhere://extracts")
    with pytest.raises(SettingsError, match="needs another package"):
        pull_once(settings, ALL)
