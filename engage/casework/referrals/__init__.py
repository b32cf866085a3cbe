"""Referrals as their referrers see them: by a link for partners without an account, and what became of each in words that are safe to read. Nothing else of a case is told."""
