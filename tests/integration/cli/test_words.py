"""What commands say goes through the catalogue: in a pseudo-language nothing but data stays English."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engage.cli.main import app, register
from engage.cli.words import help_texts
from engage.vocabulary.pseudo import left_in_english, pseudo
from tools import messages


pytestmark = pytest.mark.slow
Engage = Callable[..., str]
# Codes, names of files and of the made-up town: data, not text.
DATA = re.compile(
    r"\b(\w+\.(csv|xlsx|yaml)|Apr|Tuesday \d+ April|charity|childrens_services|education|health|police|partial|full|register|case|persons?|F1|british|pakistani|[\w-]+:[\w:-]+"
    r"|The Harbour Light Project|, (Contacts|Young people|Sessions|Notes)|Westermouth[\w' ]*|School|Quay[\w ]*|P[0-9A-Z]{8}|\d[\w:-]*)"
)
FRAME = re.compile(r"[│┃┏┓┗┛┡┩╇┳━─┌┐└┘┴┬├┤┼╭╮╰╯╷╵╶╴╪═╞╡╤╧]+")


@pytest.fixture(scope="module")
def engage(tmp_path_factory: pytest.TempPathFactory) -> Engage:
    """Run a command as somebody whose terminal speaks the pseudo-language."""
    folder = messages.write_pseudo(tmp_path_factory.mktemp("locale"))
    program = (
        f"import pathlib, engage.cli.words as words; words.LOCALE = pathlib.Path({str(folder)!r}); "
        "from engage.cli.main import main; main()"
    )
    environment = {
        **os.environ,
        "ENGAGE_LANGUAGE": "en_XA",
        "COLUMNS": "400",
        "TERMINAL_WIDTH": "400",
        "NO_COLOR": "1",
        "ENGAGE_OPERATOR": "⟦kim⟧",
    }

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    return run


def test_help(engage: Engage) -> None:
    register()
    texts = list(help_texts(app))
    names = [
        ("receive",),
        ("build",),
        ("export",),
        ("evaluate",),
        ("mapping", "check"),
        ("model", "train"),
        ("serve",),
        ("example",),
    ]
    shown = " ".join(" ".join(engage(*name, "--help").split()) for name in [(), *names])

    assert len(texts) > 50
    said = [text for text in texts if pseudo(text) in shown]
    assert (
        "Receive a delivery from an agency and keep it as it came. The same files again change nothing."
        in said
    )
    assert "the area's folder" in said
    assert len(said) > 30


def test_the_whole_job(engage: Engage, tmp_path: Path) -> None:
    area = str(tmp_path / "area")
    shown = engage("example", area, "--people", "300", "--seed", "3").split("engage receive")[0]
    charity = sorted(str(file) for file in (tmp_path / "area" / "sent" / "charity").iterdir())
    for words in (
        ("receive", area, "--agency", "charity", *charity),
        ("build", area),
        ("status", area),
        ("brief", area),
        ("model", "list", area),
        ("model", "train", area),
        ("model", "compare", area, "1"),
        ("model", "adopt", area, "1", "--why", "⟦tried⟧"),
    ):
        shown += engage(*words)
    shown += engage("receive", area, "--agency", "nobody", *charity)
    shown += engage("mapping", "check", area) + engage(
        "export", "delivery", area, "--out", str(tmp_path / "a.csv")
    )
    shown += engage("evaluate", area, "--truth", f"{area}/truth")

    plain = FRAME.sub("\n", shown.replace(str(tmp_path), ""))
    assert left_in_english(DATA.sub("", plain)) == []
    assert len(re.findall("⟦", shown)) > 40
