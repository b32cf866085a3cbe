"""The Django app of referral links."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Links by which partners without an account refer."""

    name = "engage.casework.referrals"
    label = "referrals"
