"""Screenings: who asked, who gave leave, and what came of it is append-only, as what was decided is. The list itself is never in the database."""

from importlib import import_module

from django.db import migrations, models


before = import_module("engage.networks.migrations.0002_rows_are_kept")
TABLES = ("networks_screening", "networks_screeningstep")
SQLITE = [
    statement
    for table in TABLES
    for statement in (
        f"create trigger {table}_no_update before update on {table} begin select raise(abort, '{before.REFUSAL}'); end",
        f"create trigger {table}_no_delete before delete on {table} begin select raise(abort, '{before.REFUSAL}'); end",
        f"create trigger {table}_no_replace before insert on {table} when exists (select 1 from {table} where seq = new.seq) "
        f"begin select raise(abort, '{before.REFUSAL}'); end",
    )
] + [
    "create trigger networks_screeningstep_says_once before insert on networks_screeningstep when exists "
    "(select 1 from networks_screeningstep where screening = new.screening and says = new.says) "
    f"begin select raise(abort, '{before.REFUSAL}'); end",
]
POSTGRESQL = [
    statement
    for table in TABLES
    for statement in (
        f"create trigger {table}_no_change before update or delete on {table} for each row execute function networks_refuse()",
        f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function networks_refuse()",
    )
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("networks", "0003_saved_charts")]
    operations = [
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("whose_list", models.CharField(max_length=200)),
                ("why", models.TextField()),
                ("purpose", models.CharField(max_length=40)),
                ("asked_by", models.CharField(db_index=True, max_length=150)),
                ("asked_by_name", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("authoriser", models.CharField(db_index=True, max_length=150)),
                ("authoriser_name", models.CharField(max_length=150)),
                ("lapses_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("row_count", models.IntegerField()),
                ("name_count", models.IntegerField()),
                ("phone_count", models.IntegerField()),
                ("plate_count", models.IntegerField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="ScreeningStep",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("screening", models.BigIntegerField(db_index=True)),
                ("says", models.CharField(max_length=12)),
                ("reason", models.TextField(blank=True)),
                ("hit_count", models.IntegerField(null=True)),
                ("said_by", models.CharField(max_length=150)),
                ("said_by_name", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("said_at", models.DateTimeField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("screening", "says"), name="networks_screening_says_once")
                ],
            },
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
