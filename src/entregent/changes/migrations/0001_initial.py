"""The marks of what went, in the table that `discretion` renamed for them."""

import entregent.common.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('discretion', '0004_gone_moves'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Gone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('owner', models.BigIntegerField()),
                        ('at', models.DateTimeField(db_index=True, default=entregent.common.clock.now)),
                    ],
                ),
            ],
        ),
    ]
