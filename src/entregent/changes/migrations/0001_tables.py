"""The table of marks of what went."""

import entregent.common.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('changes', '0001_initial'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Gone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.BigIntegerField()),
                ('at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
            ],
        ),
    ]
