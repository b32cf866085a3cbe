"""The writing door of files: keep one in a case or as a standing document about a person, and take one back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from django.db import IntegrityError, transaction

from engage.casework.cases import deciding
from engage.casework.cases.models import CaseEntry
from engage.casework.cases.naming import log_names
from engage.casework.cases.parts import parts_of
from engage.casework.cases.seeing import Desk
from engage.casework.files import keeping
from engage.casework.files.models import FileWord, KeptFile
from engage.casework.files.queries import not_shown
from engage.casework.files.rules import FileNotShown, FileRefused, Type, checked, types
from engage.casework.files.seeing import shown
from engage.governance import actions as governance
from engage.governance.policies import strictest
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Subject, Viewing
from engage.vocabulary.words import N_


__all__ = ["FileNotShown", "FileRefused", "NewFile", "clear_aside", "keep", "keep_standing", "take_back"]
WRITE = "write_case"
NAME_LENGTH = 200


@dataclass(frozen=True)
class NewFile:
    """A file to be kept: its name and type as the browser gave them, its content, what it is in a line, how guarded; and the entry it belongs to (None: to none)."""

    name: str
    content: bytes
    said_type: str = ""
    about: str = ""
    handling: str = ""
    sensitivity: str = "standard"
    entry: int | None = None


def clear_aside(*, area: Area) -> int:
    """Remove what uploads that were killed left beside the area's files, once it is a day old: no row ever named it. Returns how many files."""
    return keeping.clear_aside(area)


def keep(*, viewing: Viewing, build: Build, area: Area, case: int, new: NewFile) -> int:
    """Keep a file in a case; return its number. One that belongs to an entry is at least as guarded as the entry. Audited. Raises MayNotDo, CaseNotShown, FileRefused."""
    governance.check_may(viewing=viewing, what=WRITE, subject=f"case {case}")
    desk, _row, head = deciding.case_seen(viewing, build, case)
    deciding.check_takes_part(desk, head)
    guard = (new.handling, new.sensitivity)
    subject = desk.subject_of(head, parts_of([case], viewing.at).get(case, ()))
    if new.entry is not None:
        found = desk.entries(subject, CaseEntry.objects.filter(pk=new.entry, case=case))
        if not found or found[0].answers is None:
            raise FileRefused(N_("This case has no such entry."))
        of_entry = Fact(found[0].agency, "case_entry", found[0].handling, found[0].sensitivity)
        guard = strictest([Fact(viewing.viewer.agency, "case_entry", *guard), of_entry])
    _check_reads(desk, subject, guard)
    return _keep(viewing, area, new, guard, {"case": case, "entry": new.entry}, [case])


def keep_standing(
    *, viewing: Viewing, build: Build, area: Area, person_id: str, standing: str, new: NewFile
) -> int:
    """Keep a standing document about a person (a profile for when a looked-after child is missing, say); return its number. Audited. Raises MayNotDo, CaseNotShown,
    FileRefused."""
    governance.check_may(viewing=viewing, what=WRITE, subject=person_id)
    if standing not in types().standing:
        raise FileRefused(N_("There is no standing document of this kind."))
    see = sight(viewing, build)
    subject = deciding.person_seen(see, person_id)
    guard = (new.handling, new.sensitivity)
    _check_reads(Desk(see), Subject(subject), guard)
    return _keep(viewing, area, new, guard, {"subject": subject, "standing": standing}, [])


def take_back(*, viewing: Viewing, build: Build, number: int, reason: str) -> None:
    """Take a file back that was kept by mistake: by whoever kept it, or a manager of their agency. Row and content stay. Audited. Raises FileNotShown, FileRefused."""
    desk = Desk(sight(viewing, build))
    found = shown(desk, list(KeptFile.objects.filter(pk=number)))
    if not found:
        raise not_shown(viewing, number)
    viewer, one = viewing.viewer, found[0]
    is_manager = viewer.role == "team_manager" and viewer.agency == one.agency
    if viewer.user_id != one.by and not is_manager:
        raise FileRefused(N_("Only whoever kept a file, or a manager of their agency, takes it back."))
    if not reason.strip():
        raise FileRefused(N_("Say why."))
    try:
        with transaction.atomic():
            FileWord.objects.create(
                file=number, reason=reason.strip(), said_by=viewer.user_id, said_by_name=viewer.name, agency=viewer.agency, said_at=viewing.at,
                request_id=viewing.request_id,
            )  # fmt: skip
            about = [one.case] if one.case else []
            governance.record_decision(viewing=viewing, action="file.taken_back", subject=_about(number, one.subject, about), fields=["file"], decision="withdrawn", why=reason)  # fmt: skip
    except IntegrityError:
        raise not_shown(viewing, number) from None


def _about(number: int, subject: str, cases: list[int]) -> str:
    """A file with its case and whom that is about, or with whom it stands of itself, as the log names them."""
    return log_names(f"file {number}", cases) if cases else f"file {number},{subject}"


def _check_reads(desk: Desk, subject: Subject, guard: tuple[str, str]) -> None:
    """Nobody keeps what they could not read again."""
    fact = Fact(desk.see.viewing.viewer.agency, "case_entry", *guard)
    if not desk.decide(subject, fact).is_allowed:
        raise FileRefused(N_("Your role could not read this again, guarded as you chose; so it cannot keep it."))  # fmt: skip


def _keep(
    viewing: Viewing,
    area: Area,
    new: NewFile,
    guard: tuple[str, str],
    of: dict[str, object],
    cases: list[int],
) -> int:
    name = _plain_name(new.name)
    kind: Type = checked(name, new.content, area)
    # The content is on the disk before a row names it.
    digest = keeping.put(area, new.content)
    viewer = viewing.viewer
    with transaction.atomic():
        row = KeptFile.objects.create(
            **of, name=name, said_type=new.said_type[:120], found_type=kind.code, about=new.about.strip()[:300], size=len(new.content), sha256=digest,
            handling=guard[0], sensitivity=guard[1], kept_by=viewer.user_id, kept_by_name=viewer.name, agency=viewer.agency, kept_at=viewing.at,
            request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(viewing=viewing, action="file.kept", subject=_about(row.seq, row.subject, cases), fields=[kind.code], decision="kept")  # fmt: skip
    return int(row.seq)


def _plain_name(name: str) -> str:
    """The last part of a name, without what a header or a folder could misread, and cut before its ending."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|:*?;').strip(". ")
    stem, ending = PurePath(kept).stem, PurePath(kept).suffix
    return f"{stem[: NAME_LENGTH - len(ending)]}{ending}" or "-"
