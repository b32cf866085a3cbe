from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0002_rows_are_kept'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='agreedaction', name='tasks_by_agency'),
        migrations.RemoveIndex(model_name='agreedaction', name='tasks_by_due'),
        migrations.AddIndex(
            model_name='actionword',
            index=models.Index(fields=['says', 'action'], name='tasks_by_word'),
        ),
        migrations.AddIndex(
            model_name='agreedaction',
            index=models.Index(fields=['made_by', 'state', 'due_on'], name='tasks_by_maker'),
        ),
        migrations.AddIndex(
            model_name='agreedaction',
            index=models.Index(fields=['agency', 'state', 'due_on', 'case', 'made_by_agency'], name='tasks_by_agency'),
        ),
        migrations.AddIndex(
            model_name='agreedaction',
            index=models.Index(fields=['state', 'due_on', 'agency', 'case', 'made_by_agency'], name='tasks_by_due'),
        ),
        migrations.AddIndex(
            model_name='agreedaction',
            index=models.Index(fields=['due_on', 'seq', 'agency', 'case', 'made_by_agency'], name='tasks_by_day'),
        ),
    ]
