"""How is a setting read from the environment, with an error that says how to mend it?"""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from engage.vocabulary.words import N_, EngageError, Sentence


class SettingWrong(EngageError):
    """A setting of the environment is missing or cannot be used."""

    exit_code = 2


def text(name: str, default: str = "") -> str:
    """The variable's text, or the default when it is not set or empty."""
    return os.environ.get(name, "") or default


def truth(name: str, *, default: bool = False) -> bool:
    """The variable as yes or no: 1, true, yes, on or 0, false, no, off."""
    raw = text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise SettingWrong(
        Sentence(N_("%(name)s=%(value)s is neither yes nor no."), {"name": name, "value": raw}),
        remedy=N_("Set it to 1 or 0."),
    )


def whole_number(name: str, default: int) -> int:
    """The variable as a whole number."""
    raw = text(name)
    try:
        return int(raw) if raw else default
    except ValueError:
        raise SettingWrong(
            Sentence(N_("%(name)s=%(value)s is not a whole number."), {"name": name, "value": raw}),
            remedy=Sentence(N_("Set it to one, %(default)s for instance."), {"default": str(default)}),
        ) from None


def check_mail(*, has_sign_in: bool, starts_tls: bool, is_tls: bool) -> None:
    """Refuse a mail server to which a sign-in would cross the network for all to read, or whose TLS is both begun on a plain connection (`starts_tls`, port 587) and spoken from the
    first byte (`is_tls`, port 465). Raises SettingWrong."""
    if starts_tls and is_tls:
        raise SettingWrong(
            N_("ENGAGE_EMAIL_TLS and ENGAGE_EMAIL_SSL are both set: a mail server has one of the two."),
            remedy=N_("Set ENGAGE_EMAIL_SSL=1 alone for port 465, ENGAGE_EMAIL_TLS=1 alone for port 587."),
        )
    if has_sign_in and not (starts_tls or is_tls):
        raise SettingWrong(
            N_("ENGAGE_EMAIL_USER or ENGAGE_EMAIL_PASSWORD is set without TLS: both would cross the network for all to read."),
            remedy=N_("Set ENGAGE_EMAIL_TLS=1 (port 587) or ENGAGE_EMAIL_SSL=1 (port 465); or leave both out where the server asks for no sign-in."),
        )  # fmt: skip


def database(url: str, sqlite_file: str) -> dict[str, object]:
    """Django's settings for the decided store: PostgreSQL by address, or the area's own SQLite file.

    SQLite runs in WAL with IMMEDIATE transactions (a deferred one fails with "locked" as soon as two writers read
    first) and synchronous FULL (what was acknowledged survives a power cut).
    """
    if not url or url.startswith("sqlite"):
        file = url.removeprefix("sqlite:///") or sqlite_file
        pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -16384;"
        options: dict[str, object] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingWrong(
            Sentence(
                N_("DATABASE_URL begins with “%(scheme)s”, which is no database that Engage knows."),
                {"scheme": parts.scheme},
            ),
            remedy=N_("Use postgresql://user:password@host:5432/name, or leave it out."),
        )
    host_from_query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get(
        "host", ""
    )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host_from_query) or _socket_folder(parts.netloc) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def _socket_folder(netloc: str) -> str:
    """The folder of a Unix socket, written with %2F for its slashes in the place of the host; "" for a host's name."""
    host = unquote(netloc.rpartition("@")[2].partition(":")[0])
    return host if host.startswith("/") else ""
