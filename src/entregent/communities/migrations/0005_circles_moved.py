"""An audience is a circle of the part `circles`. The table was renamed; this one stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0001_initial'),
        ('communities', '0004_report'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='claim',
                    name='audience',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='audience',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle'),
                ),
                migrations.AlterField(
                    model_name='request',
                    name='audience',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='circles.circle'),
                ),
            ],
        ),
    ]
