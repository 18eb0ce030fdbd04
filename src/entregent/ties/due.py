"""What time does to ties: the shared graph is built again when enough has changed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from entregent.ties import declassified, store
from entregent.ties.models import Stored

#: After how long a graph that no longer says everything is built again.
STALE = timedelta(minutes=10)


def rebuild(now: datetime) -> int:
    """Build and store the shared graph; how many ties it has. Readers keep the old one until it is there."""
    shared = declassified.build(now)
    name = store.save(settings.GRAPH_ROOT, shared)
    with transaction.atomic():
        before = list(Stored.objects.order_by("-built_at").values_list("folder", flat=True)[:1])
        Stored.objects.exclude(folder__in=before).delete()
        Stored.objects.create(folder=name, built_at=now)
    store.sweep(settings.GRAPH_ROOT, {name, *before})
    return len(shared.graph.neighbours) // 2


def refresh(now: datetime) -> None:
    """Build the graph again where there is none, or where people changed and it is older than `STALE`."""
    built_at = Stored.objects.order_by("-built_at").values_list("built_at", flat=True).first()
    if (
        built_at is None
        or built_at.year != now.year
        or (now - built_at > STALE and declassified.changed_since(built_at, now))
    ):
        rebuild(now)
