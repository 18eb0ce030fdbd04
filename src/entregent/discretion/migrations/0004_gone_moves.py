"""The marks of what went become the part `changes`: the table gets its name, and keeps its rows."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('discretion', '0003_gone'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable('Gone', 'changes_gone')],
            state_operations=[migrations.DeleteModel('Gone')],
        ),
    ]
