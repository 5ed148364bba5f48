"""Says what Spark lacks on this machine, before anything is landed for it.

Reads only what `java -version` prints and which PySpark is installed, so it runs in any
Python, before there is an environment. What a session of Spark has to be like is asked
of Spark itself when dbt starts: ``macros/spark/find_database_problem.sql``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: The first version whose SQL has all that the models use.
SPARK = (4, 2)
#: What that Spark needs.
JAVA = 17
INSTALL = "apt-get install openjdk-17-jre-headless"
_JAVA = re.compile(r'version "(?:1\.)?(\d+)')


def java() -> str | None:
    """Return the Java that Spark starts: the one of JAVA_HOME, or that of the path."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", "java")) if home else shutil.which("java")


def said_by(program: str | None) -> str:
    """Return what a Java prints about itself; nothing when it is not there."""
    if program is None:
        return ""
    try:
        ended = subprocess.run(
            [program, "-version"], capture_output=True, check=False, text=True
        )
    except OSError:
        return ""
    return ended.stderr + ended.stdout


def java_problem(program: str | None, said: str) -> str | None:
    """Return what is wrong with the Java of this machine, or nothing.

    Args:
        program: the Java that Spark would start.
        said: what it prints about itself.
    """
    found = _JAVA.search(said)
    if found is None:
        where = f"{program} does not start" if program else "none is installed"
        return f"Spark needs Java {JAVA} or newer, and {where}: {INSTALL}"
    if int(found[1]) < JAVA:
        return (
            f"Spark needs Java {JAVA} or newer, and {program} is Java {found[1]}:"
            f" {INSTALL}, and set JAVA_HOME where several are installed."
        )
    return None


def spark_problem(installed: str | None) -> str | None:
    """Return what is wrong with the PySpark of this Python, or nothing.

    Args:
        installed: its version, or nothing where there is none.
    """
    floor = ".".join(map(str, SPARK))
    if installed is None:
        return f"PySpark is not installed here: {floor} or newer is needed."
    if tuple(map(int, re.findall(r"\d+", installed)[:2])) < SPARK:
        return f"Spark {installed} cannot run this SQL: {floor} or newer is needed."
    return None


def pyspark() -> str | None:
    """Return the version of the PySpark that is installed in this Python."""
    try:
        return version("pyspark")
    except PackageNotFoundError:
        return None


def main() -> None:
    """Say what is wrong, and exit with 1, when anything is."""
    program = java()
    problem = java_problem(program, said_by(program))
    if problem is None and sys.argv[1:] != ["--java"]:
        problem = spark_problem(pyspark())
    if problem:
        sys.exit(problem)


if __name__ == "__main__":
    main()
