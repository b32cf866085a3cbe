"""p95 of a person's page against p95 of a bare page (`/healthz`) of the same server, the two fetched in turn.

    python tools/bench_pages.py AREA [REQUESTS]

The page is fetched as a signed-in worker with its access decisions and its audit row, for people with the most records.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from engage.cli.opening import Opened, open_for_command


PASSWORD = "a pass phrase for timing only"  # noqa: S105
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def make_worker(opened: Opened, who: str, role: str, place: int = 0) -> None:
    """Make (or set anew) a worker who looks, at the agency of the area that is named in this place."""
    from engage.governance import actions

    worker = {"username": who, "name": who.title(), "agency": list(opened.area.agencies)[place], "role": role}
    actions.make_user(viewing=opened.viewing(), **worker, password=PASSWORD)


def people_of(area: Path) -> list[str]:
    """Make a worker to look as, and pick the people with the most records."""
    opened = open_for_command(area)
    make_worker(opened, "bench", "detective")
    rows = (
        opened.warehouse.current()
        .pages()
        .execute("select person_id from reason group by 1 order by count(*) desc, 1 limit 50")
    )
    return [row[0] for row in rows]


def p95(seconds: list[float]) -> float:
    """The ninety-fifth percentile, in milliseconds."""
    return 1000 * sorted(seconds)[int(len(seconds) * 0.95)]


def main() -> None:
    """Serve, sign in, fetch in turn, print one line of JSON."""
    area, requests = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300
    people = people_of(area)
    with served(area) as (server, base):
        print(json.dumps(measure(server, base, people, requests)))


@contextmanager
def served(area: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The site of an area, served by a process of its own that is ended afterwards, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "engage", "serve", str(area), "--port", str(port)],
        env={**os.environ, "ENGAGE_REQUIRE_MFA": "0"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield server, f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def signed_in(server: subprocess.Popen[bytes], base: str, user: str = "bench") -> Callable[[str], str]:
    """Wait for the site, sign in to it as a worker, and return what fetches a page."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))

    def get(path: str) -> str:
        with opener.open(base + path, timeout=60) as answer:
            return str(answer.read().decode(errors="replace"))  # files of tables are answers too

    for _ in range(600):  # the first start after a build or an update catches up with it
        if server.poll() is not None:
            raise SystemExit("the site did not start: see above")
        try:
            get("/healthz")
            break
        except OSError:
            time.sleep(0.5)
    token = TOKEN.search(get("/account/sign-in/"))
    assert token is not None, "the sign-in page has no form"
    form = urlencode({"csrfmiddlewaretoken": token[1], "login": user, "password": PASSWORD}).encode()
    opener.open(Request(base + "/account/sign-in/", data=form, headers={"Referer": base + "/"}), timeout=30).close()  # noqa: S310 - our own server  # fmt: skip
    return get


def measure(server: subprocess.Popen[bytes], base: str, people: list[str], requests: int) -> dict[str, float]:
    """The two kinds of page, fetched in turn."""
    get = signed_in(server, base)
    times: dict[str, list[float]] = {"bare": [], "person": []}
    for number in range(requests + 20):
        for name, path in (("bare", "/healthz"), ("person", f"/people/{people[number % len(people)]}/")):
            started = time.perf_counter()
            text = get(path)
            if number >= 20:  # the first rounds only warm the server
                times[name].append(time.perf_counter() - started)
            assert name == "bare" or "person" in text.lower()
    bare, person = p95(times["bare"]), p95(times["person"])
    return {"ratio": person / bare, "bare_ms": bare, "person_ms": person, "requests": requests}


if __name__ == "__main__":
    main()
