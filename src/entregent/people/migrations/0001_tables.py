"""The tables of who is here."""

import django.db.models.deletion
import django.db.models.functions.text
import entregent.common.clock
import entregent.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_claimed'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=entregent.common.ids.new, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('language', models.CharField(default='fr', max_length=5)),
                ('is_active', models.BooleanField(default=True)),
                ('opened_at', models.DateTimeField(default=entregent.common.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='account_email')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=entregent.common.ids.new, editable=False, unique=True)),
                ('handle', models.CharField(max_length=80, null=True, unique=True)),
                ('mail_to', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='fr', max_length=5)),
                ('known_since', models.DateTimeField(default=entregent.common.clock.now)),
                ('claimed_at', models.DateTimeField(db_index=True, null=True)),
                ('account', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=entregent.common.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
        ),
    ]
