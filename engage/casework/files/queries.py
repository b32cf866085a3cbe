"""The reading door of files: those of a case, standing documents about a person, and one to take away. One call, one line in the log."""

from __future__ import annotations

from dataclasses import dataclass

from engage.casework.cases.deciding import case_seen, check_takes_part, person_seen
from engage.casework.cases.seeing import Desk
from engage.casework.files import keeping
from engage.casework.files.models import KeptFile
from engage.casework.files.rules import FileNotShown, types
from engage.casework.files.seeing import FileShown, shown
from engage.governance import actions as governance
from engage.identities import assignments
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_


__all__ = ["FileNotShown", "FileShown", "Taken", "files", "standing", "take"]


@dataclass(frozen=True)
class Taken:
    """A file to be given out: what lists show of it, the type that it is sent as, and its content."""

    file: FileShown
    sent_as: str
    content: bytes


def files(*, viewing: Viewing, build: Build, case: int) -> tuple[FileShown, ...]:
    """The files of a case that the viewer may have, newest first. Audited. Raises CaseNotShown."""
    desk, _row, head = case_seen(viewing, build, case)
    check_takes_part(desk, head)
    found = shown(desk, list(KeptFile.objects.filter(case=case).order_by("-seq")))
    _looked(viewing, "files.list", [f"case {case}", *(f"file {one.number}" for one in found)])
    return tuple(found)


def standing(*, viewing: Viewing, build: Build, person_id: str) -> tuple[FileShown, ...]:
    """The standing documents about a person that the viewer may have, newest first. Audited. Raises CaseNotShown."""
    see = sight(viewing, build)
    now = person_seen(see, person_id)
    rows = KeptFile.objects.filter(case=None, subject__in=assignments.ids_ever(build, now))
    found = shown(Desk(see), list(rows.order_by("-seq")))
    _looked(viewing, "files.standing", [now, *(f"file {one.number}" for one in found)])
    return tuple(found)


def take(*, viewing: Viewing, build: Build, area: Area, number: int) -> Taken:
    """One file to take away. Audited. Raises FileNotShown, in the same words whether there is none or it is not the viewer's to have."""
    found = shown(Desk(sight(viewing, build)), list(KeptFile.objects.filter(pk=number)))
    content = keeping.take(area, found[0].sha256) if found else None
    if not found or content is None:
        raise not_shown(viewing, number)
    one = found[0]
    about = f"case {one.case}" if one.case else one.subject
    _looked(viewing, "file.taken", [f"file {number}", about])
    return Taken(one, types().types[one.kind].sent_as, content)


def not_shown(viewing: Viewing, number: int) -> FileNotShown:
    """The error of whoever asked for a file that is not there or not theirs; the log tells that they asked."""
    governance.record_view(
        viewing=viewing, action="file.taken", subject=f"file {number}", fields=[], decision="nothing"
    )
    return FileNotShown(
        N_("There is no file under this address, or none that you may have for the purpose you gave."),
        remedy=N_("Go back to the case, and check the purpose."),
    )


def _looked(viewing: Viewing, action: str, about: list[str]) -> None:
    governance.record_view(
        viewing=viewing, action=action, subject=",".join(about), fields=["file"], decision="allow"
    )
