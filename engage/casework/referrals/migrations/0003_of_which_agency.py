"""A partner's referral is their own agency's, where that takes part by it: of links that were used before this, it is said here by which entry."""

from django.db import migrations


_BY_ENTRY = """
    insert into cases_casepart ("case", agency, "user", part, is_joined, "by", number, from_at, said_by, said_at)
    select word."case", link.partner_agency, '', 'referrer', true, 'referral', word.entry, null, word.said_by, word.said_at
    from referrals_referrallinkword word join referrals_referrallink link on link.seq = word.link
    where word.says = 'used' and word.entry is not null and link.partner_agency <> ''
    and (
        select part.is_joined from cases_casepart part
        where part."case" = word."case" and part.agency = link.partner_agency and part.part = 'referrer' and part."by" is null
        order by part.seq desc limit 1
    )
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_rows_are_kept"), ("cases", "0011_referrals_that_wait")]
    operations = [migrations.RunSQL(_BY_ENTRY, migrations.RunSQL.noop)]
