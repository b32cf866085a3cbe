"""How roles and purposes are called on pages, when the access table's own words are not at hand."""

from __future__ import annotations

from engage.vocabulary.words import N_


_ROLES = {
    "detective": N_("Detective"),
    "social_worker": N_("Social worker"),
    "nurse": N_("Nurse"),
    "education_lead": N_("Education lead"),
    "parent_liaison": N_("Parent liaison"),
    "missing_coordinator": N_("Missing coordinator"),
    "team_manager": N_("Team manager"),
    "analyst": N_("Analyst"),
    "business_support": N_("Business support"),
    "information_governance": N_("Information governance"),
}
PURPOSES = {
    "safeguarding_child": N_("Safeguarding a child"),
    "missing_response": N_("Responding to a missing episode"),
    "disruption": N_("Disrupting exploitation"),
    "linkage_review": N_("Reviewing which records are one person"),
    "data_quality": N_("Checking data quality"),
    "audit": N_("Auditing access"),
}


def role_title(code: str) -> str:
    """The English words for a role's code, marked for the catalogue; the code itself when it is a local one."""
    return _ROLES.get(code, code)


def purpose_title(code: str) -> str:
    """The English words for a purpose's code, marked for the catalogue."""
    return PURPOSES.get(code, code)
