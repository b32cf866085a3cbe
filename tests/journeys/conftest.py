"""A real server on a small built area, and a real browser that notices what it should not have to.

The browser is the system's Chromium. Without one these tests are skipped with a word on what to install; in CI that is
a failure. Every page of every journey is held to the same rules: no breach of the content-security policy, no request
to anywhere else, no script error, nothing kept by the browser.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest
import yaml

from engage.store.area import open_area
from engage.store.warehouse import Warehouse
from tests.made_once import small_town


ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "made-up-town-2026"
# Four who sign in, whoever the town's own are; Idris ends with a passkey.
PEOPLE_AT_WORK = [
    {"username": "mara", "name": "Mara Quill", "agency": "childrens_services", "role": "social_worker"},
    {"username": "idris", "name": "Idris Vane", "agency": "police", "role": "detective"},
    {"username": "oren", "name": "Oren Pike", "agency": "police", "role": "detective"},
    {"username": "bo", "name": "Bo Lead", "agency": "childrens_services", "role": "team_manager"},
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.enable_socket)


def _needed(what: str, remedy: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing. {remedy}")
    pytest.skip(f"{what} is missing. {remedy}")


@dataclass
class Served:
    """A running site: its address, the area's folder, and the users who may sign in (all with PASSWORD)."""

    address: str
    folder: Path
    people: dict[str, str] = field(default_factory=dict)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    opener = build_opener(ProxyHandler({}))
    # A busy machine takes a minute to start what a free one starts in seconds; a server that has ended is not waited for.
    for _ in range(1200):
        try:
            opener.open(address + "healthz", timeout=2)
        except (URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} did not come up")


def _make_area(folder: Path) -> None:
    """A small made-up town by the real road: written as its agencies send it, received, built. Then those who sign in are named."""
    small_town(folder)
    settings = yaml.safe_load((folder / "area.yaml").read_text(encoding="utf-8"))
    settings["demo_users"] = PEOPLE_AT_WORK
    (folder / "area.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


@pytest.fixture(scope="session")
def area_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small area, received and built."""
    if (
        not (ROOT / "engage" / "web" / "static" / "built" / "css" / "design.css").is_file()
        or not AXE.is_file()
    ):
        _needed("The pages' styles (or axe-core)", "Run: make assets")
    folder = tmp_path_factory.mktemp("journeys") / "area"
    _make_area(folder)
    return folder


@dataclass(frozen=True)
class Child:
    """Somebody of the town whom all its agencies know."""

    person_id: str
    name: str


@pytest.fixture(scope="session")
def child(area_folder: Path) -> Child:
    """The person about whom most agencies recorded most."""
    cursor = Warehouse(open_area(area_folder)).current().analysis()
    found = cursor.execute("""
        select person_id, any_value(name) from chronology
        join (select person_id, min(value) as name from said where field = 'name' group by 1) using (person_id)
        group by 1 order by count(distinct agency) desc, count(*) desc, person_id limit 1
    """).fetchone()
    cursor.close()
    assert found is not None
    return Child(*found)


@pytest.fixture(scope="session")
def serve(area_folder: Path) -> Iterator[Callable[..., Served]]:
    """Start `engage serve` on the area, in the manner asked for; stop all of them in the end."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(prefix: str = "", folder: Path = area_folder, **environment: str) -> Served:
        port = _free_port()
        command = [
            sys.executable,
            "-m",
            "engage",
            "serve",
            str(folder),
            "--port",
            str(port),
            "--workers",
            "1",
            "--prefix",
            prefix,
        ]
        names = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "DATABASE_URL")
        own = {name: os.environ[name] for name in names if name in os.environ}
        server = subprocess.Popen(command, env={**own, **environment}, cwd=ROOT, stdout=subprocess.DEVNULL)
        servers.append(server)
        served = Served(f"http://localhost:{port}{prefix}/", folder)
        _wait(served.address, server)
        return served

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def site(serve: Callable[..., Served]) -> Served:
    """The site that most journeys use."""
    return serve()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium, started once for each file: while what drives it runs, Django refuses to use a database in the tests that come after."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _needed("Chromium", "On Debian or Ubuntu: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One person at one browser, and what went wrong meanwhile."""

    page: Any
    site: Served
    breaches: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Any:
        """Go to a page of the site."""
        return self.page.goto(self.site.address + path.lstrip("/"))

    def open_well(self, path: str) -> None:
        """Go to a page that must be there; when it is not, say what came instead."""
        status = self.open(path).status
        assert status == 200, f"{status} {path}: {self.page.locator('main').inner_text()}"

    def sign_in(self, username: str) -> None:
        """Sign in through the sign-in page."""
        self.open("account/sign-in/")
        self.page.get_by_label("Username", exact=True).fill(username)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("button", name="Sign out").wait_for(state="attached")

    def more(self, name: str) -> None:
        """Follow a link of the navigation that stands folded under “More”."""
        there = self.page.get_by_role("navigation", name="Main")
        there.get_by_text("More", exact=True).click()
        there.get_by_role("link", name=name, exact=True).click()

    def axe(self) -> list[str]:
        """What axe finds wrong with the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        # Every rule is tried on everything; what is right is not described one by one, which would take twice as long again.
        found = self.page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", tags)
        return [
            f"{v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
            for v in found["violations"]
        ]

    def faults(self, paths: Iterable[str]) -> dict[str, list[str]]:
        """What axe finds wrong with each page, wide and narrow, and by how much a narrow one scrolls sideways; empty when all
        is well."""
        found: dict[str, list[str]] = {}
        for path in paths:
            self.open_well(path)
            found[path] = self.axe()
            self.page.set_viewport_size({"width": 320, "height": 800})
            found[f"{path} narrow"] = self.axe()
            found[f"{path} sideways"] = [f"{self.overflow()} px"] if self.overflow() > 0 else []
            self.page.set_viewport_size({"width": 1280, "height": 900})
        return {path: faults for path, faults in found.items() if faults}

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


@pytest.fixture
def visit(chromium: Any, site: Served) -> Iterator[Callable[..., Visit]]:
    """Open a browser window on the site. When the test ends every page it saw must have kept the rules."""
    visits: list[tuple[Any, Visit]] = []

    def start(served: Served | None = None, **options: Any) -> Visit:
        where = served or site
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        page = context.new_page()
        new = Visit(page, where)
        origin = where.address.split("/", 3)[2]
        page.on("pageerror", lambda error: new.breaches.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                new.breaches.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                new.breaches.append(f"outside: {request.url}") if _is_outside(request.url, origin) else None
            ),
        )
        page.on("response", lambda answer: _note_stored(new, answer))
        visits.append((context, new))
        return new

    yield start
    for context, seen in visits:
        context.close()
        assert seen.breaches == []
        assert seen.stored == []


def _is_outside(address: str, origin: str) -> bool:
    return address.startswith(("http:", "https:", "ws:", "wss:")) and address.split("/", 3)[2] != origin


def _note_stored(visit: Visit, answer: Any) -> None:
    if answer.request.resource_type == "document" and answer.headers.get("cache-control") != "no-store":
        visit.stored.append(answer.url)
