"""The letter on the day of what somebody promised: their own words, as they stand at this moment."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from entregent.common import days
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.mail.letter import Letter
from entregent.people import queries as people


def letter(recipient: int) -> Letter | None:
    """What to send to somebody who has to do something by today; None where it is done, or struck out."""
    mailbox = people.mailbox(person=recipient)
    due = followups.due(Viewer(person=recipient), days.today(settings.HOME_ZONE)) if mailbox else []
    if mailbox is None or not due:
        return None
    with translation.override(mailbox.language):
        link = f"{settings.BASE_URL}{reverse('contact_promises')}"
        said = {"promises": due, "link": link, "base_url": settings.BASE_URL}
        return Letter(
            address=mailbox.address,
            subject=" ".join(render_to_string("mail/promises_subject.txt", said).split()),
            text=render_to_string("mail/promises.txt", said),
            html=render_to_string("mail/promises.html", said),
            language=mailbox.language,
        )
