"""Linkage models as they were trained, what each would have changed, and which was adopted by whom: kept as they are."""

from django.db import migrations, models


REFUSAL = "models and their adoption are kept: a row is never changed or deleted"
TABLES = ("identities_trainedmodel", "identities_modelcomparison", "identities_modeladoption")


def _statements(table, vendor):
    if vendor == "sqlite":
        refuse = f"begin select raise(abort, '{REFUSAL}'); end"
        yield f"create trigger {table}_no_update before update on {table} {refuse}"
        yield f"create trigger {table}_no_delete before delete on {table} {refuse}"
        yield (
            f"create trigger {table}_no_replace before insert on {table} when exists (select 1 from {table} where seq = new.seq) {refuse}"
        )
    else:
        yield f"create trigger {table}_no_change before update or delete on {table} for each row execute function identities_refuse()"
        yield f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function identities_refuse()"


def refuse_changes(apps, schema_editor):
    for table in TABLES:
        for statement in _statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("identities", "0005_measurements")]
    operations = [
        migrations.CreateModel(
            name="TrainedModel",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("trained_at", models.DateTimeField()),
                ("trained_by", models.CharField(max_length=150)),
                ("build_id", models.CharField(max_length=80)),
                ("as_of", models.DateField()),
                ("records", models.BigIntegerField()),
                ("agencies", models.IntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ModelComparison",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("model", models.BigIntegerField(db_index=True)),
                ("build_id", models.CharField(max_length=80)),
                ("compared_at", models.DateTimeField()),
                ("compared_by", models.CharField(max_length=150)),
                ("figures", models.JSONField()),
                ("pairs", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="ModelAdoption",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("model", models.BigIntegerField()),
                ("comparison", models.BigIntegerField(null=True)),
                ("adopted_at", models.DateTimeField()),
                ("adopted_by", models.CharField(max_length=150)),
                ("agency", models.CharField(max_length=40)),
                ("why", models.TextField()),
            ],
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop, elidable=False),
    ]
