"""What was promised is found by its words, as a note is: a searchable line for each promise that stands."""

from typing import Any

from django.db import migrations

from entregent.search.stems import stems


def write_lines(apps: Any, schema_editor: Any) -> None:
    """A line of the owner's alone, that leads to whom the contact is."""
    promises, lines = apps.get_model("encounters", "FollowUp"), apps.get_model("search", "Line")
    standing = promises._base_manager.filter(forgotten_at=None, contact__forgotten_at=None).select_related("contact")
    for held in standing.iterator(chunk_size=500):
        lines._base_manager.create(
            owner_id=held.owner_id,
            audience=None,
            discreet=held.discreet,
            until=held.until,
            kind="promise",
            about=held.uid,
            subject_id=held.contact.person_id,
            contact=held.contact.uid,
            text=held.text,
            stems=stems(held.text),
            on=held.on,
        )


def drop_lines(apps: Any, schema_editor: Any) -> None:
    """What an earlier version does not know goes."""
    apps.get_model("search", "Line")._base_manager.filter(kind="promise").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('encounters', '0006_calendars_evenings'),
        ('search', '0003_circles_moved'),
    ]

    operations = [migrations.RunPython(write_lines, drop_lines)]
