"""What do the suppliers' specifications and the error model say, as pages? Printed from the files that the writer obeys."""

from __future__ import annotations

from typing import Any

from engage.example.draw import written
from engage.example.layout import Layout, SentFile, layout_names, read_layout


DELIMITERS = {",": "comma", ";": "semicolon", "|": "bar", "\t": "tab"}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark", "cp1252": "Windows-1252"}
DAYS = {
    "iso": "yyyy-mm-dd",
    "uk": "dd/mm/yyyy",
    "mon": "dd-Mon-yyyy",
    "compact": "yyyymmdd",
    "excel": "day numbers as spreadsheets count them",
    "cell": "date cells",
}
CLOCKS = {"colon": "hh:mm", "plain": "hhmm", "seconds": "hh:mm:ss"}
AGENCIES = {
    "police": "Police",
    "childrens_services": "Children's services",
    "education": "Education",
    "health": "Health",
    "charity": "Charity",
}


def layouts_page() -> str:
    """Every layout with its files and columns, as the suppliers' own specifications would say it."""
    parts = [
        "# Layouts of the example town\n",
        "What each supplier says of its extract. `engage example FOLDER --layout NAME` writes `FOLDER/sent/AGENCY/…` in that layout.",
        "All of them are partial deliveries under the agreement PARTNERSHIP-1, for the purpose safeguarding_child. What schools and",
        "the health trust send of everybody (pupils, patients, their attendance) is of the cohort register; safeguarding notes and",
        "everything else are of the cohort case. The window is 7 April 2024 to 7 April 2026. Empty means not known or not applicable,",
        "never no. A mapping may name its files as it likes, but the scorer of `truth/` finds them only under the names in brackets,",
        "and records only under the ids that the rows carry. Each layout comes with its mappings; writing them from this page, in a",
        "folder of `mappings` that was emptied, is an exercise of less than an hour.",
    ]
    for name in layout_names():
        parts.append(_layout_text(read_layout(name)))
    return "\n".join(parts) + "\n"


def _layout_text(layout: Layout) -> str:
    parts = [f"\n## {layout.name.capitalize()}\n", layout.means]
    agency = ""
    for sent in layout.files:
        if sent.agency != agency:
            agency = sent.agency
            parts.append(f"\n### {layout.name.capitalize()}: {AGENCIES[agency]}")
        parts.append(_file_text(sent))
    return "\n".join(parts)


def _file_text(sent: SentFile) -> str:
    sheet = f", sheet “{sent.sheet}”" if sent.sheet else ""
    if sent.file.endswith(".xlsx"):
        how = f"Workbook; {len(sent.title)} lines above the header; {DAYS[sent.day]}."
    elif sent.file.endswith(".parquet"):
        how = "Parquet."
    else:
        how = f"Text, {DELIMITERS[sent.delimiter]} between columns, {ENCODINGS[sent.encoding]}, {DAYS[sent.day]}, {CLOCKS[sent.clock]}."
    rows = [f"| {column.name} | {column.means.strip()} |".replace("\n", " ") for column in sent.columns]
    return "\n".join(
        [
            f"\n**{sent.file}**{sheet} ({sent.name}). {sent.means.strip()} {how}\n",
            "| column | meaning |",
            "| --- | --- |",
            *rows,
        ]
    )


def errors_page() -> str:
    """The error model: what goes wrong, how often in which agency, and where each rate comes from."""
    model = written("errors.yaml")
    parts = [
        "# The example town's error model\n",
        f"Version of {model['version']}. A rate is a share of the records that hold the field; where a name must be of a kind (having",
        "a short form, a hyphen, several spellings) it is a share of those. “Literature” means that the order of size follows the",
        "sources; “judged” that nobody has published it for agencies of this kind, and we chose it. None was fitted to a real extract,",
        "nor to the extract that the project's quality is measured on; no figure is quoted from the sources. None looks at ethnicity, but",
        "names of some origins have more spellings, so their records go wrong more often, as they do in life. The rates are in",
        "`engage/example/errors.yaml`; what each error does is in `engage/example/errors.py`.\n",
    ]
    for title, part in (("Errors within a record", "errors"), ("Which records there are", "records")):
        parts.append(f"## {title}\n")
        parts.append("| what | " + " | ".join(AGENCIES.values()) + " | basis | sources |")
        parts.append("| --- |" + " --- |" * (len(AGENCIES) + 2))
        parts.extend(_error_row(name, entry) for name, entry in model[part].items())
        parts.append("")
    parts.append("## Sources\n")
    parts.extend(f"- **{key}**: {words}" for key, words in model["sources"].items())
    parts.append("\n## Changes\n")
    parts.extend(f"- {day}: {words}" for day, words in model["changes"].items())
    return "\n".join(parts) + "\n"


def _error_row(name: str, entry: dict[str, Any]) -> str:
    rates = " | ".join(f"{100 * entry['rates'][agency]:.3g} %" for agency in AGENCIES)
    return f"| {entry['means']} (`{name}`) | {rates} | {entry['basis']} | {', '.join(entry['sources'])} |"
