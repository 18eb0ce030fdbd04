"""Keeps a digest of what a source calls a listing that was taken out."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from entregent.common import chance


def keep_digests(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """As `exchange.organisations.take_out` does."""
    for listing in apps.get_model("directory", "Listing").objects.exclude(away_on=None):
        listing.key = chance.digest("taken out", listing.key)
        listing.save(update_fields=["key"])


class Migration(migrations.Migration):
    """The digests."""

    dependencies = [("directory", "0001_organisations_from_sources")]
    operations = [migrations.RunPython(keep_digests, migrations.RunPython.noop)]
