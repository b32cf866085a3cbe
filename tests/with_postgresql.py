"""Run the tests marked `postgresql` on a real PostgreSQL: a server of its own, in a temporary folder, on a Unix socket.

`make test` runs the marked tests on SQLite with all others, and then this. The server is the one that the distribution
installs (no service is needed, and none that runs is touched). Without one the tests are skipped with a word on what to
install; in CI (CI is set) that is a failure. Further words on the command line go to pytest.
"""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg


ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60
WORKERS = ["-n", "3", "--dist", "loadgroup", "--no-loadscope-reorder"]
MARK = "postgresql"


def main(words: list[str]) -> int:
    """Start the server, run the tests on it, stop it. Returns the exit code of the tests."""
    programs = programs_folder()
    if programs is None:
        sys.stderr.write(
            "PostgreSQL is not installed, so its tests are skipped. Debian: apt-get install postgresql\n"
        )
        return 1 if os.environ.get("CI") else 0
    # Short, because a Unix socket's whole path has room for a hundred letters only.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        return run(programs, folder, words)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs_folder() -> Path | None:
    """Where initdb and postgres are: on the path, or where Debian puts the newest version."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def run(programs: Path, folder: Path, words: list[str]) -> int:
    """One server, one run of pytest."""
    with serving(programs, folder):
        return tests(folder, words)


@contextmanager
def serving(programs: Path, folder: Path) -> Iterator[None]:
    """A server of its own on a Unix socket in the folder, stopped afterwards."""
    account = unprivileged()
    data = folder / "data"
    data.mkdir(mode=0o700)
    if account:
        shutil.chown(folder, account["user"])
        shutil.chown(data, account["user"])
    initdb = [programs / "initdb", "-D", data, "-U", "engage", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder, **account
        )
    try:
        wait_until_ready(folder, server)
        yield
    finally:
        # Fast shutdown, of this server only.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=SECONDS_TO_START)


def wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; raise with its log when it does not."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(f"host={folder} user=engage dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(encoding='utf-8')}")


def tests(folder: Path, words: list[str]) -> int:
    """Run the marked tests with the decided store on this server."""
    address = f"postgresql://engage@/postgres?host={folder}"
    command = [sys.executable, "-m", "pytest", *WORKERS, "-m", MARK, *(words or marked())]
    return subprocess.run(
        command, check=False, cwd=ROOT, env={**os.environ, "DATABASE_URL": address}
    ).returncode


def marked() -> list[str]:
    """The files that name the mark: to read all others too, only to leave out their tests, takes each worker many seconds."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(file) for file in files if f"mark.{MARK}" in file.read_text(encoding="utf-8")]


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = names.get("postgres") or names.get("nobody")
    if chosen is None:
        raise RuntimeError(
            f"{getpass.getuser()} may not run PostgreSQL, and there is no other account to run it."
        )
    return {"user": chosen.pw_name, "group": chosen.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
