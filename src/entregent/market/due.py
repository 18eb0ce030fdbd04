"""What time does to those who left: 90 days later they stand there no longer, and their place is cleared."""

from datetime import datetime

from entregent.circles.models import Member
from entregent.market import actions
from entregent.market.models import Organisation


def clear_former_staff(now: datetime) -> int:
    """Recompute the staff of each organisation that somebody left long enough ago; how many organisations."""
    about = Member.objects.filter(circle__kind="staff", until__lte=now).values("circle__about")
    firms = list(Organisation.objects.filter(uid__in=about).values_list("pk", flat=True))
    for firm in firms:
        actions.keep_staff(organisation=firm)
    return len(firms)
