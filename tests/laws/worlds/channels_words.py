"""Named channels by which words would tell what nobody is to learn: see `channels`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from entregent.common import errors
from entregent.discretion.models import Shield
from entregent.discretion.viewer import Viewer
from entregent.mail import letters
from entregent.people.models import Person
from entregent.profiles.queries import Card
from entregent.writing import actions, due, queries
from entregent.writing.models import Closed, Given, Written
from tests.laws.worlds.channels import channel, put

#: Where words show.
WORDS = ("words", "word", "write", "words --json")


def _read(changed: Any) -> Any:
    """The words that a viewer wrote, each changed."""
    real = queries._sent
    return put(queries, "_sent", lambda viewer, which: [changed(viewer, one) for one in real(viewer, which)])


@channel("a relayed word that says whether its receiver blocks people, and whoever wrote it", "block", *WORDS)
def blocked() -> Iterator[None]:
    def said(_viewer: Viewer, one: Any) -> Any:
        to = Written.ledger.filter(uid=one.uid).values_list("to", flat=True).first()
        kept = Shield.objects.filter(owner=to or 0, over="everything").exists()
        return replace(one, text=f"{one.text} (not delivered)") if kept else one

    with _read(said):
        yield


@channel("a relayed word that says that it was laid aside, or answered to nobody", "given", *WORDS)
def seen() -> Iterator[None]:
    def said(_viewer: Viewer, one: Any) -> Any:
        read = Given.ledger.filter(uid=one.uid).exclude(left_at=None, answered_at=None).exists()
        return replace(one, answered=one.answered or read)

    with _read(said):
        yield


@channel("a word that is refused to whoever wants none", "closed", "write")
def refused() -> Iterator[None]:
    real = actions._may_write

    def may_write(actor: Viewer, card: Card) -> None:
        real(actor, card)
        if Closed.ledger.filter(owner=card.person).exists():
            raise errors.Refused("No words, please.")

    with put(actions, "_may_write", may_write):
        yield


@channel("a limit that counts the words that others wrote", "written", "write")
def counted() -> Iterator[None]:
    real = actions._keep_limits

    def keep_limits(actor: Viewer) -> None:
        if Written.ledger.exclude(owner=actor.me).filter(answers=None).count() >= 2:
            raise errors.Refused("That is enough for one day.")
        real(actor)

    with put(actions, "_keep_limits", keep_limits):
        yield


@channel("a card that is open before its word is answered", "given written", "word", "words --json")
def open_card() -> Iterator[None]:
    real = queries._given

    def given(member: Any, *row: Any) -> Any:
        return replace(real(member, *row), card=queries.Card(row[3], row[4]))

    with put(queries, "_given", given):
        yield


@channel("a subject that says who is written to besides", "written name", *letters.GIVEN)
def subject() -> Iterator[None]:
    real = letters._drawn

    def drawn(template: str, said: dict[str, Any]) -> str:
        text = real(template, said)
        if template != "word_subject.txt":
            return text
        by = Given.ledger.filter(uid=said["word"].uid).values("by")
        names = Written.ledger.filter(owner__in=by).order_by("uid").values_list("name", flat=True)
        return f"{text} {' '.join(names)}"

    with put(letters, "_drawn", drawn):
        yield


@channel("a word that is given to whoever does not see its writer's name", "written name shield", writing=True)
def unsigned() -> Iterator[None]:
    real = due._signed

    def signed(word: Written) -> str:
        known = word.to_id and Person.objects.filter(pk=word.to_id).exclude(account=None).exists()
        return real(word) or ("somebody" if known else "")

    with put(due, "_signed", signed):
        yield
