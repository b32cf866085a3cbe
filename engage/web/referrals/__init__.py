"""Pages of referrals as their referrers see them: my referrals, links for partners, and the two pages that a partner without an account is shown."""
