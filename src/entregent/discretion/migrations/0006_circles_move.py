"""The tables of circles get the names that they have in the part `circles`, and keep their rows."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('discretion', '0005_block_of_a_person'),
    ]

    operations = [
        migrations.AlterModelTable('Circle', 'circles_circle'),
        migrations.AlterModelTable('Member', 'circles_member'),
        migrations.AlterModelTable('Within', 'circles_within'),
    ]
