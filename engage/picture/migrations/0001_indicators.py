"""What people said of indicators, and whom they looked at: tables that only grow."""

from django.db import migrations, models


REFUSAL = "what people said is kept: a row is never changed or deleted"
# Each table with the columns that name a row.
TABLES = {"picture_indicatorstatement": ("seq", "takes_back"), "picture_lookedat": ("seq",)}
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
    f"create function picture_refuse() returns trigger language plpgsql as $$ begin raise exception '{REFUSAL}'; end $$",
    *(
        statement
        for table in TABLES
        for statement in (
            f"create trigger {table}_no_change before update or delete on {table} for each row execute function picture_refuse()",
            f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function picture_refuse()",
        )
    ),
]


def refuse_changes(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="IndicatorStatement",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("person_id", models.CharField(db_index=True, max_length=12)),
                ("indicator", models.CharField(max_length=40)),
                ("says", models.CharField(max_length=12)),
                ("reason", models.TextField()),
                ("seen", models.TextField(default="[]")),
                ("takes_back", models.BigIntegerField(null=True, unique=True)),
                ("said_by", models.CharField(max_length=150)),
                ("said_by_name", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("said_at", models.DateTimeField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="LookedAt",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("person_id", models.CharField(db_index=True, max_length=12)),
                ("outcome", models.TextField()),
                ("seen", models.TextField()),
                ("looked_by", models.CharField(max_length=150)),
                ("looked_by_name", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("looked_at", models.DateTimeField()),
                ("request_id", models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
