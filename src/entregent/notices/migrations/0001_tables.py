"""The table of notices."""

import django.db.models.deletion
import entregent.common.clock
import entregent.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('notices', '0001_initial'),
    ]

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('about', models.UUIDField()),
                ('due_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['due_at'], name='notice_due')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'kind', 'about'), name='notice_once')],
            },
        ),
    ]
