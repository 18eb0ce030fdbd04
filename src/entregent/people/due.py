"""What time does to accounts: one that was asked for and never proven goes, and so does whatever a browser forgot."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from entregent.people.models import Account, Person

#: How long an address has to prove itself.
PATIENCE = timedelta(days=1)


def forget_unproven(now: datetime) -> int:
    """Delete the accounts nobody ever signed in with; how many."""
    proven = Person.objects.exclude(account=None).values("account")
    unproven = Account.objects.filter(opened_at__lt=now - PATIENCE).exclude(pk__in=proven)
    return unproven.delete()[1].get(Account._meta.label, 0)


def forget_browsers(now: datetime) -> int:
    """Delete the sessions of browsers that have ended, with what was said in them; how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
