"""Is what a mapping declares (whose, who is in it, what for) within the agreement that it names?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engage.records.mapping.declared import Mapping
from engage.store.area import Area
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class AgreementFault:
    """Why a delivery by a mapping would be refused, and what to do."""

    sentence: Sentence
    remedy: Sentence


def agreement_faults(area: Area, mapping: Mapping, *, on: date) -> Iterator[AgreementFault]:
    """Everything that the area's agreements do not allow of what the mapping declares, on that day."""
    values = {
        "agreement": mapping.agreement,
        "agency": mapping.agency,
        "purpose": mapping.purpose,
        "mapping": mapping.name,
    }
    agreement = area.agreements.get(mapping.agreement)
    if agreement is None:
        missing = Sentence(N_("The area has no agreement “%(agreement)s”."), values)
        yield AgreementFault(missing, Sentence(N_("Add it to area.yaml.")))
        return
    cohorts = {mapping.cohort, *(cohort for f in mapping.files for cohort in f.cohorts)}
    is_in_force = agreement.from_on <= on and not (agreement.until_on and on >= agreement.until_on)
    for is_covered, sentence in (
        (mapping.agency in agreement.agencies, N_("Agreement %(agreement)s does not cover %(agency)s.")),
        (cohorts <= set(agreement.cohorts), N_("Agreement %(agreement)s does not cover the people that %(mapping)s declares.")),
        (mapping.purpose in agreement.purposes, N_("Agreement %(agreement)s does not cover the purpose “%(purpose)s”.")),
        (is_in_force, N_("Agreement %(agreement)s is not in force today.")),
    ):  # fmt: skip
        if not is_covered:
            yield AgreementFault(
                Sentence(sentence, values),
                Sentence(N_("Nothing was kept. Ask who answers for the agreement.")),
            )
