"""Who is left out of the cases of meetings is laid down for the rules of actions: the next migration does, since what lays it down writes the table as it is now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_by_state"), ("tasks", "0006_who_is_kept_out")]
    operations: list[migrations.operations.base.Operation] = []
