"""Which bodies without an agency of their own hold a piece, because a partner of theirs referred by a link? Each is reached through the agency that made the link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from engage.casework.cases.concern import standing_entries
from engage.casework.cases.referred import REFERRALS
from engage.casework.cases.referrer import first_written
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import USED


def referred_in(cases: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    """By case the agency that made a link and the body whose partner referred by it, also where the referral went into this case from another. The number of queries does not grow with the cases."""
    standing = standing_entries(cases, REFERRALS)
    first = first_written([row for rows in standing.values() for row in rows])
    used = dict(ReferralLinkWord.objects.filter(says=USED, entry__in=set(first.values())).values_list("entry", "link"))  # fmt: skip
    links = {one.seq: one for one in ReferralLink.objects.filter(pk__in=used.values(), partner_agency="")} if used else {}  # fmt: skip
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for case, rows in standing.items():
        for row in rows:
            link = links.get(used.get(first[row.seq], 0))
            if link:
                found[case].add((link.agency, link.organisation))
    return found
