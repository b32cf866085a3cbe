"""Who is left out of the cases of meetings is laid down for the rules of actions, bodies among them: of what was said before this, here."""

from django.db import migrations

from engage.casework.meetings.carrying import lay_down_all


def lay_down(apps, _schema_editor):
    lay_down_all(list(apps.get_model("meetings", "Meeting").objects.order_by("seq")))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_who_is_kept_out"), ("tasks", "0007_which_body_is_kept_out")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop, elidable=False)]
