"""What is for the people of one community goes to the circle about the evening, as what is for those of several does."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def invite(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """As `meetups.announcements.show` does. What an import brought stays: nobody helps with it."""
    meetups = apps.get_model("meetups", "Meetup").objects
    brought = meetups.filter(series__every="").values("pk")
    rows = meetups.filter(audience__kind="members").exclude(pk__in=brought)
    evenings = list(rows.values_list("pk", "uid", "community__uid"))
    circle = apps.get_model("circles", "Circle")
    made = (circle(kind="invited", about=uid) for _key, uid, _place in evenings)
    circle.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
    circles = {(kind, about): key for kind, about, key in circle.objects.values_list("kind", "about", "pk")}
    for key, uid, place in evenings:
        outer = circles["invited", uid]
        within = {"inner_id": circles["members", place], "outer_id": outer}
        apps.get_model("circles", "Within").objects.get_or_create(**within)
        meetups.filter(pk=key).update(audience=outer)
        apps.get_model("meetups", "Organising").objects.filter(meetup=key).update(audience=outer)
        apps.get_model("search", "Line").objects.filter(about=uid).update(audience=outer)


class Migration(migrations.Migration):
    """The circles about evenings."""

    dependencies = [
        ("meetups", "0007_several_communities"),
        ("circles", "0003_rows_that_go_first"),
        ("search", "0003_circles_moved"),
    ]
    operations = [migrations.RunPython(invite, migrations.RunPython.noop)]
