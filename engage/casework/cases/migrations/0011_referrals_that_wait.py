"""Which referrals wait to be decided: laid down anew whenever something is told, and at every build. Those that wait already are laid down here. What some lists of a day are ordered by has an index."""

from django.db import migrations, models


# As engage/casework/cases/referred.py has it: received, standing, and with no standing answer that is its own.
_WAITING = """
    insert into cases_referralwaits (told, "case", entry, agency, handling, sensitivity, told_at)
    select told.seq, told."case", told.number, entry.agency, entry.handling, entry.sensitivity, told.told_at
    from cases_told told join cases_caseentry entry on entry.seq = told.number
    where told.event = 'referral.received' and told."case" is not null
    and not exists (select 1 from cases_told later where later.replaces = told.seq)
    and not exists (
        select 1 from cases_told answer where answer."case" = told."case" and answer.event = 'referral.decided'
        and (answer.regards = coalesce(told.name, 'told:' || cast(told.seq as varchar(20))) or (answer.regards is null and answer.seq > told.seq))
        and not exists (select 1 from cases_told later where later.replaces = answer.seq)
    )
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_by_subject")]
    operations = [
        migrations.CreateModel(
            name="ReferralWaits",
            fields=[
                ("told", models.BigIntegerField(primary_key=True, serialize=False)),
                ("case", models.BigIntegerField(db_index=True)),
                ("entry", models.BigIntegerField()),
                ("agency", models.CharField(max_length=40)),
                ("handling", models.CharField(blank=True, max_length=10)),
                ("sensitivity", models.CharField(max_length=20)),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex("case", models.Index(fields=["agency", "kind", "opened_at"], name="cases_by_opening")),
        migrations.AddIndex("clockdue", models.Index(fields=["clock", "due_at"], name="cases_clock_own")),
        migrations.RunSQL(_WAITING, migrations.RunSQL.noop),
    ]
