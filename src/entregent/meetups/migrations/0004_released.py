"""A seat can be freed by those who organise, where whoever had it answered without an account."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("meetups", "0003_recalled")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="rsvp",
            name="answer",
            field=models.CharField(
                choices=[
                    ("going", "going"),
                    ("waiting", "wants to come"),
                    ("offered", "is offered a seat"),
                    ("lapsed", "let a seat pass"),
                    ("released", "has no place kept any more"),
                    ("not_going", "not going"),
                ],
                max_length=9,
            ),
        )
    ]
