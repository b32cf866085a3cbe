"""What people judged of two records, and what they took back: two more tables that only grow."""

from django.db import migrations, models


REFUSAL = "judgements are kept: a row is never changed or deleted"
# Each table with the columns that name a row.
TABLES = {"identities_judgement": ("seq",), "identities_judgementwithdrawal": ("seq", "judgement")}
SQLITE = [
    *(
        f"create trigger {table}_no_{verb} before {verb} on {table} begin select raise(abort, '{REFUSAL}'); end"
        for table in TABLES
        for verb in ("update", "delete")
    ),
    *(
        f"create trigger {table}_no_replace before insert on {table} when exists (select 1 from {table} where "
        + " or ".join(f"{key} = new.{key}" for key in keys)
        + f") begin select raise(abort, '{REFUSAL}'); end"
        for table, keys in TABLES.items()
    ),
]
POSTGRESQL = [
    statement
    for table in TABLES
    for statement in (
        f"create trigger {table}_no_change before update or delete on {table} for each row execute function identities_refuse()",
        f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function identities_refuse()",
    )
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("identities", "0003_assignments_are_never_replaced")]
    operations = [
        migrations.AddField("personassignment", "judgement", models.BigIntegerField(db_index=True, null=True)),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("left_record_id", models.CharField(db_index=True, max_length=200)),
                ("right_record_id", models.CharField(db_index=True, max_length=200)),
                ("says", models.CharField(max_length=12)),
                ("reason", models.TextField()),
                ("kind", models.CharField(max_length=20)),
                ("needs", models.PositiveSmallIntegerField()),
                ("judged_by", models.CharField(db_index=True, max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("judged_at", models.DateTimeField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="JudgementWithdrawal",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("judgement", models.BigIntegerField(unique=True)),
                ("withdrawn_by", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("withdrawn_at", models.DateTimeField()),
                ("why", models.TextField()),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
