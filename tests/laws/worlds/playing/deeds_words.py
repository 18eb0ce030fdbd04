"""Deeds of writing to somebody: a word, taking it back, an answer, letting it be, wanting none."""

from typing import TYPE_CHECKING

from entregent.writing import actions as writing
from entregent.writing.models import Written
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def write_word(played: "Played", act: Act) -> deeds.Made:
    person, actor = deeds.uid_of(deeds.about(played, act)), deeds.actor_of(played, act)
    return {"uid": writing.write(actor, person=person, text=act.said["text"], mail=act.said["value"])}


@deeds.deed
def take_back_word(played: "Played", act: Act) -> deeds.Made:
    word = deeds.uid_of(deeds.thing_of(played, act, "written"))
    writing.take_back(deeds.actor_of(played, act), word=word)
    return None


@deeds.deed
def answer_word(played: "Played", act: Act) -> deeds.Made:
    actor, word = deeds.actor_of(played, act), deeds.uid_of(deeds.thing_of(played, act, "word"))
    writing.answer(actor, word=word, text=act.said["text"], mail=act.said["value"])
    return {"uid": Written.ledger.values_list("uid", flat=True).get(owner=actor.me, answers=word)}


@deeds.deed
def let_word_be(played: "Played", act: Act) -> deeds.Made:
    writing.let_be(deeds.actor_of(played, act), word=deeds.uid_of(deeds.thing_of(played, act, "word")))
    return None


@deeds.deed
def take_words(played: "Played", act: Act) -> deeds.Made:
    writing.take_words(deeds.actor_of(played, act), yes=act.said["yes"])
    return None
