"""The table in which tries are counted by address, for every process of the server: kept for as long as they count, and for nothing else."""

from django.core.management import call_command
from django.db import migrations


TABLE = "governance_counted"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"drop table {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_relationships_since_when")]
    operations = [migrations.RunPython(make, drop, elidable=False)]
