"""How right the joins were found to be, when, by whom and against which answer: kept as it was measured."""

from django.db import migrations, models


REFUSAL = "measurements are kept: a row is never changed or deleted"
TABLE = "identities_measurement"
SQLITE = [
    *(
        f"create trigger {TABLE}_no_{verb} before {verb} on {TABLE} begin select raise(abort, '{REFUSAL}'); end"
        for verb in ("update", "delete")
    ),
    f"create trigger {TABLE}_no_replace before insert on {TABLE} when exists (select 1 from {TABLE} where seq = new.seq)"
    f" begin select raise(abort, '{REFUSAL}'); end",
]
POSTGRESQL = [
    f"create trigger {TABLE}_no_change before update or delete on {TABLE} for each row execute function identities_refuse()",
    f"create trigger {TABLE}_no_truncate before truncate on {TABLE} for each statement execute function identities_refuse()",
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("identities", "0004_judgements")]
    operations = [
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("measured_at", models.DateTimeField()),
                ("measured_by", models.CharField(max_length=150)),
                ("build_id", models.CharField(max_length=80)),
                ("answer", models.CharField(max_length=200)),
                ("answer_digest", models.CharField(max_length=64)),
                ("figures", models.JSONField()),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
