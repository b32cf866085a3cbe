"""How is an area served from its folder: settings, key, static files, then gunicorn, then one line that says ready?"""

from __future__ import annotations

import gc
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from engage.cli.words import _, say
from engage.store.area import Area, open_area
from engage.store.warehouse import NoBuild, Warehouse
from engage.vocabulary.words import N_, EngageError, Sentence


if TYPE_CHECKING:
    from engage.cli.opening import Opened
    from engage.store.warehouse import Build

OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


class AssetsMissing(EngageError):
    """The styles and scripts of the pages were not built."""


class PortTaken(EngageError):
    """Something else listens on that port."""


@dataclass(frozen=True)
class Place:
    """Where an area is served."""

    folder: Path
    host: str = "localhost"
    port: int = 8000
    prefix: str = ""
    workers: int = 2

    @property
    def address(self) -> str:
        """The site's address in a browser on this machine."""
        path = "/" + self.prefix.strip("/") if self.prefix.strip("/") else ""
        return f"http://{self.host}:{self.port}{path}/"


def prepare(place: Place) -> Opened:
    """Put the settings of serving into the environment, make the signing key, and bring the decided store up to date."""
    area = open_area(place.folder)
    _signing_key(area)
    if place.host in OWN_MACHINE:
        os.environ["ENGAGE_INSECURE_LOCALHOST"] = "1"
    if place.prefix:
        os.environ["ENGAGE_URL_PREFIX"] = place.prefix
    if area.stands_at and area.settings.get("demo_users"):
        os.environ.setdefault("ENGAGE_DEMO", "1")
    os.environ.setdefault("ENGAGE_STATIC_ROOT", str(area.folder.resolve() / "derived" / "static"))
    from engage.cli.opening import open_for_command

    return open_for_command(place.folder)


def begin_afresh(place: Place) -> None:
    """When a command before this one has read the settings already (`engage demo`), become a new process: the settings of
    serving must be there when they are read, and the memory of a build is given back."""
    from django.conf import settings

    if settings.configured:
        options = [
            "--port",
            str(place.port),
            "--host",
            place.host,
            "--prefix",
            place.prefix,
            "--workers",
            str(place.workers),
        ]
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "engage", "serve", str(place.folder), *options])  # noqa: S606  our own command


def serve(place: Place) -> None:
    """Serve until stopped. A missing build is said, not fatal: the pages say it too."""
    opened = prepare(place)
    area = opened.area
    collect_static()
    _check_port_is_free(place)
    try:
        _catch_up(Warehouse(area).current(), opened)
    except NoBuild as error:
        typer.secho(f"{say(error.sentence)} {say(error.remedy)}", fg="yellow", err=True)
    _say_demo_sign_ins(opened)
    run_gunicorn(place)


def _catch_up(build: Build, opened: Opened) -> None:
    """A build that was killed just after it was served has not followed yet what was judged while it was being made, nor have the time limits of cases heard what it brought."""
    from engage.casework.cases import actions as casework
    from engage.cli.progress import due_progress
    from engage.identities import actions as identities

    identities.catch_up(build=build, at=opened.area.clock())
    try:
        with due_progress() as told:
            casework.catch_up_clocks(viewing=opened.viewing(), build=build, area=opened.area, told=told)
    except EngageError as error:
        # A fault in the area's own clocks, say: it is no reason to serve nothing.
        typer.secho(f"{say(error.sentence)} {say(error.remedy)}", fg="yellow", err=True)


def collect_static() -> None:
    """Copy static files under hashed names, when any of them is newer than the last copy."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = [Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list([])]
    if not any(source.match("built/css/design.css") for source in sources):
        raise AssetsMissing(
            N_("The styles and scripts of the pages were not built."),
            remedy=N_("Build them with: make assets"),
        )
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.is_file() or manifest.stat().st_mtime < max(source.stat().st_mtime for source in sources):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def run_gunicorn(place: Place) -> None:
    """Run the server in this process. No access log: addresses may carry what somebody searched for."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.util import import_app

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _server_settings(place).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_app("engage.config.wsgi:application")

    Site().run()


def _server_settings(place: Place) -> dict[str, Any]:
    def ready(worker: Any) -> None:
        _set_aside_what_stays()
        if worker.age == 1:
            typer.echo(_("Ready: %(address)s (stop with Ctrl+C)", address=place.address))

    return {
        "bind": f"{place.host}:{place.port}" if ":" not in place.host else f"[{place.host}]:{place.port}",
        "workers": place.workers,
        "worker_class": "gthread",
        "threads": 4,
        "timeout": 120,
        "graceful_timeout": 5,  # a page takes far less; whoever stops the site does not wait half a minute
        "accesslog": None,
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_worker_init": ready,
        "worker_exit": _leave,
    }


def _set_aside_what_stays() -> None:
    """What was loaded to serve stays as long as the process. Python is not to go through all of it each time that it looks for garbage: a page
    with many rows would wait for it, one in twenty times a fifth of a second."""
    from django.urls import get_resolver

    # Every page is loaded with the addresses.
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    # A page makes some thousand things and drops them all: looked for after every 700, as Python does, a page in twenty waits twice as long.
    gc.set_threshold(10_000, 20, 20)


def _leave(_server: Any, worker: Any) -> None:
    """A worker that served is done: leave without taking libraries apart. What the parent process had begun of DuckDB's threads
    is not in the worker, and DuckDB would wait for it until the worker is killed."""
    if worker.booted:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _check_port_is_free(place: Place) -> None:
    with socket.socket(socket.AF_INET6 if ":" in place.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise PortTaken(
                Sentence(
                    N_("The site cannot listen on port %(port)s: %(error)s."),
                    {"port": str(place.port), "error": error.strerror or ""},
                ),
                remedy=N_("Choose another one with --port."),
            ) from error


def _signing_key(area: Area) -> None:
    file = area.folder / "secret.key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(50) + "\n")


def _say_demo_sign_ins(opened: Opened) -> None:
    from django.conf import settings

    if not settings.ENGAGE_DEMO:
        return
    from engage.cli.demo_sign_ins import make_demo_users

    users = make_demo_users(opened.area, opened.viewing())
    typer.echo(
        _("Demo sign-ins, all with the password %(password)s:", password=settings.ENGAGE_DEMO_PASSWORD)
    )
    for user in users:
        typer.echo(f"  {user['username']:16} {user['name']} ({user['role']}, {user['agency']})")
