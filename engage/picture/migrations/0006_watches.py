"""Of a watch nothing changes but what its owner has seen, and that it ends, once; it is never deleted."""

from django.db import migrations, models


REFUSAL = "a watch is kept: it can only be seen, and ended once"
TABLE = "picture_watch"
SAME = ("id", "kind", "key", "label", "why", "purpose", "owner", "agency", "made_at", "expires_on")
CHANGED = " or ".join(["old.ended_at is not null", *(f"old.{c} <> new.{c}" for c in SAME)])
SQLITE = [
    f"create trigger {TABLE}_no_delete before delete on {TABLE} begin select raise(abort, '{REFUSAL}'); end",
    f"create trigger {TABLE}_no_change before update on {TABLE} when {CHANGED} begin select raise(abort, '{REFUSAL}'); end",
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where id = new.id) "
    f"begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    f"create function {TABLE}_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$",
    f"create trigger {TABLE}_no_delete before delete on {TABLE} for each row execute function {TABLE}_refuse()",
    f"create trigger {TABLE}_no_change before update on {TABLE} for each row when ({CHANGED}) execute function {TABLE}_refuse()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function {TABLE}_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('picture', '0005_words_on_readings_are_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=300)),
                ('label', models.CharField(blank=True, max_length=300)),
                ('why', models.TextField()),
                ('purpose', models.CharField(max_length=60)),
                ('owner', models.CharField(db_index=True, max_length=150)),
                ('agency', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('expires_on', models.DateField()),
                ('renews', models.BigIntegerField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('seen_delivery', models.BigIntegerField()),
                ('seen_entry', models.BigIntegerField()),
                ('seen', models.JSONField(default=list)),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
