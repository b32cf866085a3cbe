from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_lists_by_agency'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='clockdue', name='cases_clock_due'),
        migrations.AddIndex(
            model_name='clockdue',
            index=models.Index(
                fields=['due_at', 'case', 'clock', 'is_open', 'is_paused', 'is_shown_first', 'warn_from_at'], name='cases_clock_due'
            ),
        ),
        migrations.AddIndex(
            model_name='casepart',
            index=models.Index(fields=['agency', 'case', 'part', 'seq', 'is_joined'], name='cases_part_of'),
        ),
    ]
