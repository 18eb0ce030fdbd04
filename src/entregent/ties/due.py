"""What time does to ties: the shared graph is built again when enough has changed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from entregent.changes import actions as changes
from entregent.ties import declassified, store
from entregent.ties.models import Stored

#: After how long a graph that no longer says everything is built again, and from how many people on at once.
STALE, MANY = timedelta(minutes=10), 500


def rebuild(now: datetime) -> int:
    """Build and store the shared graph; how many ties it has. Readers keep the old one until it is there."""
    shared = declassified.build(now)
    name = store.save(settings.GRAPH_ROOT, shared)
    with transaction.atomic():
        before = dict(Stored.objects.order_by("-pk").values_list("folder", "built_at")[:1])
        Stored.objects.exclude(folder__in=before).delete()
        Stored.objects.create(folder=name, built_at=now)
        # Whoever is still reading the one before has to find what went since.
        changes.forget_marks(before=min([now, *before.values()]) - declassified.UNSETTLED)
    store.sweep(settings.GRAPH_ROOT, {name, *before})
    return len(shared.graph.neighbours) // 2


def refresh(now: datetime) -> None:
    """Build the graph again where there is none that can be used, where it is old, or where many people changed."""
    if _outdated(now):
        rebuild(now)


def _outdated(now: datetime) -> bool:
    row = Stored.objects.order_by("-pk").values_list("folder", "built_at").first()
    stored = store.usable(settings.GRAPH_ROOT, row, now, settings.HOME_ZONE)
    if stored is None:
        return True
    changed = declassified.changed_since(stored.built_at, now)
    return len(changed) >= MANY or (bool(changed) and now - stored.built_at > STALE)
