"""The table of where imported things came from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('exchange', '0001_initial'),
        ('exchange', '0002_address'),
        ('exchange', '0003_merged'),
    ]

    dependencies = [
        ('communities', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('key', models.CharField(max_length=80)),
                ('about', models.UUIDField(db_index=True)),
                ('address', models.EmailField(blank=True, db_index=True, max_length=254)),
                ('merged', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'kind', 'key'), name='origin_once')],
            },
        ),
    ]
