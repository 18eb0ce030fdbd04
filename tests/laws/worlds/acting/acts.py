"""What people do, as data: the words in which a history is written. Knows neither the product nor its tables.

`history` writes acts, `oracle` replays them into what somebody may know, `played` does them through the product's
actions. What an act makes is named by the act's key, and so are its ids and draws: the same act makes the same thing
in both worlds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

#: The one who acts by the command line and by imports; nobody's viewer.
OPERATOR = "operator"
#: Whoever lets time pass: the worker.
TIME = "time"
#: Whoever is shown a card and has no account; nobody's viewer.
PASSER = "nemo"
#: The day of the evening without guests in what somebody brings.
BROUGHT_ON = date(2024, 5, 17)


class Audience(NamedTuple):
    """Who may see a fact, in words: `kind` is me, everyone, members, going, organisers, around, crossed or named.

    `of` names the community or the evening (the key of the act that made it); `people` those who are named.
    """

    kind: str = "me"
    of: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something at a moment.

    `key` is unique in a history. `who` is a handle (or `OPERATOR`, `TIME`). `do` is a word of `KINDS`, whose fields
    `said` holds: things are named by the key of the act that made them, people by their handle.
    """

    key: str
    at: datetime
    who: str
    do: str
    said: Mapping[str, Any] = field(default_factory=dict)


class Kind(NamedTuple):
    """What an act of a kind may say, what it makes, and which of its fields name things and people.

    `makes` is the kind of thing that the act's key names from then on; `things` are fields that hold the key of an
    act that made one (with the kind of it), `people` fields that hold a handle.
    """

    fields: tuple[str, ...] = ()
    makes: str = ""
    things: Mapping[str, str] = {}
    people: tuple[str, ...] = ()


#: On what terms one answers an evening, and what they are unless it is said: from when and until when, each a moment or
#: None; how many people one may bring; closed questions, each its words and a tuple of answers.
TERMS: Mapping[str, Any] = {"opens_at": None, "closes_at": None, "guests": 0, "questions": ()}

#: Every word there is. A field that an act leaves out is not said, and the product's own default holds.
KINDS: dict[str, Kind] = {
    # Who is here. `enter` opens an account: `domain` is the one of their address, `language` fr or en.
    "enter": Kind(("domain", "language")),
    "erase": Kind(),
    # The operator gives somebody another address, at a domain.
    "give_address": Kind(("person", "domain"), people=("person",)),
    # Communities: `entry` is open, link or approved. `join` at an approved one makes a request, named by its key; the
    # invitation link is known to whoever joins.
    "found": Kind(("name", "entry"), makes="community"),
    "join": Kind(("community", "name"), makes="request", things={"community": "community"}),
    "withdraw_request": Kind(("community",), things={"community": "community"}),
    "approve": Kind(("request",), things={"request": "request"}),
    "decline": Kind(("request",), things={"request": "request"}),
    "leave": Kind(("community",), things={"community": "community"}),
    "remove": Kind(("community", "person"), things={"community": "community"}, people=("person",)),
    "appoint": Kind(("community", "person"), things={"community": "community"}, people=("person",)),
    # What one says of oneself; `audience` is an Audience.
    "call_me": Kind(("text", "audience", "discreet"), makes="name"),
    "say_headline": Kind(("text", "audience", "discreet"), makes="headline"),
    # Words of a kind (`what` is does, seeks, skills, ...), nothing said takes them back.
    "say_words": Kind(("what", "text", "audience", "discreet"), makes="words"),
    # A picture, by a number; none takes it back.
    "portray": Kind(("picture", "audience", "discreet"), makes="portrait"),
    # The address at which one's calendar reads one's evenings; `busy`: with what one keeps from others; `promises`:
    # with what one promised.
    "open_feed": Kind(("busy", "promises"), makes="feed"),
    "close_feed": Kind(),
    "let_ask": Kind(("yes", "audience")),
    # Work. `organisation`, `one`, `other` are names as typed; days are dates.
    "say_situation": Kind(("answer",)),
    "state_position": Kind(
        ("organisation", "title", "starts_on", "ends_on", "audience", "discreet", "client"), makes="position"
    ),
    "end_position": Kind(("position", "ends_on"), things={"position": "position"}),
    "show_position": Kind(("position", "audience", "discreet"), things={"position": "position"}),
    "withdraw_position": Kind(("position",), things={"position": "position"}),
    "shield": Kind(("organisation",)),
    "unshield": Kind(("organisation",)),
    "shield_person": Kind(("person",), people=("person",)),
    "unshield_person": Kind(("person",), people=("person",)),
    "tie_firms": Kind(("one", "other")),
    "confirm_tie": Kind(("one", "other")),
    "lift_tie": Kind(("one", "other")),
    "block": Kind(("person",), people=("person",)),
    "unblock": Kind(("person",), people=("person",)),
    # Evenings: times are moments; `audience` of an evening is "everyone" or "community".
    "announce": Kind(
        (
            "community",
            "title",
            "place",
            "starts_at",
            "ends_at",
            "audience",
            "capacity",
            "shows_band",
            "pictures",
            *TERMS,
        ),
        makes="evening",
        things={"community": "community"},
    ),
    "edit": Kind(
        ("evening", "title", "place", "capacity", "audience", "shows_band", "pictures", *TERMS),
        things={"evening": "evening"},
    ),
    # An evening stands in a further community, and in no other unless it `keeps` those; or in its own alone.
    "stand_in": Kind(
        ("evening", "community", "keeps"), makes="joint", things={"evening": "evening", "community": "community"}
    ),
    "stand_alone": Kind(("evening",), things={"evening": "evening"}),
    # Whoever looks after a further community takes an evening off it.
    "take_off": Kind(("evening", "community"), things={"evening": "evening", "community": "community"}),
    "cancel": Kind(("evening", "text"), things={"evening": "evening"}),
    # Who organises takes the list of those who come out as a file, and that is noted.
    "export": Kind(("evening",), things={"evening": "evening"}),
    # Or has the door's list on a telephone, which is noted the first time.
    "keep_list": Kind(("evening",), things={"evening": "evening"}),
    # A series: `times` evenings, `every` week, fortnight, nth or last. The first is named by the key of the act, the
    # second one by that and "/2". `everywhere`: also those that had said otherwise.
    "announce_series": Kind(
        ("community", "title", "place", "starts_at", "ends_at", "audience", "capacity", "shows_band", "every", "times"),
        makes="evening",
        things={"community": "community"},
    ),
    "edit_following": Kind(
        ("evening", "title", "place", "capacity", "audience", "shows_band", "everywhere"), things={"evening": "evening"}
    ),
    "end_series": Kind(("evening",), things={"evening": "evening"}),
    # Somebody (`name`, who had given the address `value`) goes on the organiser's own list, brought from elsewhere.
    "list_attendee": Kind(("evening", "name", "value"), makes="listed", things={"evening": "evening"}),
    "drop_list": Kind(("evening",), things={"evening": "evening"}),
    # Others come to organise an evening by its link, which whoever acts was sent; `organising` names their doing so.
    "ask_for_help": Kind(("evening",), makes="help", things={"evening": "evening"}),
    "ask_no_help": Kind(("evening",), things={"evening": "evening"}),
    "co_organise": Kind(("evening",), makes="organising", things={"evening": "evening"}),
    "stand_down": Kind(("evening",), things={"evening": "evening"}),
    "organise_alone": Kind(("evening",), things={"evening": "evening"}),
    "thank": Kind(("evening", "organising"), things={"evening": "evening", "organising": "organising"}),
    # People say that they were at a past evening by its link, which `person` was sent, and whoever acts.
    "ask_who_was_there": Kind(
        ("evening", "person"), makes="recalled", things={"evening": "evening"}, people=("person",)
    ),
    "ask_no_more": Kind(("evening",), things={"evening": "evening"}),
    "confirm": Kind(("evening", "seen", "discreet"), makes="presence", things={"evening": "evening"}),
    # Answers: `guests` is how many people one brings; `picks` are the places of the answers chosen, question by
    # question, None for none; `audience` is going, community, organisers or me. A guest is a handle that never entered:
    # its first act with `name` (and `mail_to`) makes the secret link, named by the key of that act.
    "answer": Kind(
        ("evening", "answer", "audience", "discreet", "guests", "picks"), makes="answer", things={"evening": "evening"}
    ),
    "answer_as_guest": Kind(
        ("evening", "name", "mail_to", "guests", "picks"), makes="secret", things={"evening": "evening"}
    ),
    # Whoever organises frees the seat of somebody (`person`) who answered without an account.
    "release": Kind(("evening", "person"), things={"evening": "evening"}, people=("person",)),
    "say_pictured": Kind(("evening", "yes"), things={"evening": "evening"}),
    "arrive": Kind(("evening", "seen", "discreet"), makes="presence", things={"evening": "evening"}),
    "arrive_as_guest": Kind(("evening", "name", "seen"), makes="secret", things={"evening": "evening"}),
    "show_presence": Kind(("evening", "seen", "discreet"), things={"evening": "evening"}),
    # At the door: whoever organises lets in the owner of an answer, by the ticket, or somebody who walks in.
    "let_in": Kind(("evening", "answer"), makes="admission", things={"evening": "evening", "answer": "answer"}),
    "let_walk_in": Kind(("evening", "name"), makes="admission", things={"evening": "evening"}),
    "let_out": Kind(("admission",), things={"admission": "admission"}),
    # Pictures of an evening, by a number, for those who came; one of them has it taken down, and takes that back.
    "add_picture": Kind(("evening", "picture"), makes="picture", things={"evening": "evening"}),
    "delete_picture": Kind(("picture",), things={"picture": "picture"}),
    "take_picture_down": Kind(("picture",), makes="takedown", things={"picture": "picture"}),
    "put_picture_back": Kind(("takedown",), things={"takedown": "takedown"}),
    # Needs and offers; `until` is a moment.
    "state_need": Kind(("text", "kind", "offered", "place", "audience", "discreet", "until"), makes="need"),
    "edit_need": Kind(
        ("need", "text", "kind", "offered", "place", "audience", "discreet", "until"), things={"need": "need"}
    ),
    "renew_need": Kind(("need", "until"), things={"need": "need"}),
    "close_need": Kind(("need",), things={"need": "need"}),
    "withdraw_need": Kind(("need",), things={"need": "need"}),
    # A need that is kept for oneself: asked again each day, looked at, ended, taken back, said to hold for longer.
    "keep_need": Kind(("text",), makes="kept"),
    "look_at_kept": Kind(("kept",), things={"kept": "kept"}),
    "end_kept": Kind(("kept",), things={"kept": "kept"}),
    "resume_kept": Kind(("kept",), things={"kept": "kept"}),
    "renew_kept": Kind(("kept",), things={"kept": "kept"}),
    # The book: a contact is a member (`person`) or a name; `on` is a date.
    "note_somebody": Kind(
        ("person", "name", "does", "text", "evening", "on", "place", "through"),
        makes="contact",
        things={"evening": "evening"},
        people=("person",),
    ),
    "meet_again": Kind(
        ("contact", "evening", "on", "place", "through"), things={"contact": "contact", "evening": "evening"}
    ),
    "add_note": Kind(
        ("contact", "text", "on", "evening"), makes="note", things={"contact": "contact", "evening": "evening"}
    ),
    "drop_note": Kind(("note",), things={"note": "note"}),
    "edit_contact": Kind(("contact", "name", "does"), things={"contact": "contact"}),
    "forget_contact": Kind(("contact",), things={"contact": "contact"}),
    # What one promised a contact, until a date or some day; done, put off, struck out, taken back.
    "promise": Kind(("contact", "text", "due_on"), makes="promise", things={"contact": "contact"}),
    "keep_promise": Kind(("promise",), things={"promise": "promise"}),
    "put_off_promise": Kind(("promise", "due_on"), things={"promise": "promise"}),
    "drop_promise": Kind(("promise",), things={"promise": "promise"}),
    "resume_promise": Kind(("promise",), things={"promise": "promise"}),
    "add_channel": Kind(("contact", "value"), makes="channel", things={"contact": "contact"}),
    "drop_channel": Kind(("channel",), things={"channel": "channel"}),
    "label": Kind(("contact", "text"), makes="label", things={"contact": "contact"}),
    "drop_label": Kind(("label",), things={"label": "label"}),
    # A file of one person (`name`) who is new, with a mail address, a label and a note, and an evening called like the
    # label to which nobody was asked; or one that only waits.
    "bring": Kind(("name", "value", "label", "text"), makes="import"),
    # Somebody of one's book was at the evening without guests of what one brought; a label goes with it.
    "attach_evening": Kind(("import", "contact", "text"), things={"import": "import", "contact": "contact"}),
    "undo_import": Kind(("import",), things={"import": "import"}),
    "hand_over": Kind(("name",), makes="upload"),
    # The operator knows whose mail domain one is: whoever signs in with it stands there.
    "know_domain": Kind(("organisation", "domain")),
    "forget_domain": Kind(("domain",)),
    # An operator brings in a past evening of a community with those who were there: `people` are handles of imported
    # people, the first of whom organised it (`name` by handle is no fact of theirs until they claim). A claim is made
    # by somebody who entered.
    "import_evening": Kind(
        ("community", "title", "starts_at", "people"), makes="evening", things={"community": "community"}
    ),
    "claim": Kind(("person",), makes="claim", people=("person",)),
    "withdraw_claim": Kind(("person",), people=("person",)),
    "accept_claim": Kind(("claim",), things={"claim": "claim"}),
    "decline_claim": Kind(("claim",), things={"claim": "claim"}),
    # Somebody (`person`, to a `community`) or an `evening` (to one in which it stands) is reported to stewards.
    "report": Kind(
        ("person", "community", "evening", "text"),
        makes="report",
        things={"community": "community", "evening": "evening"},
        people=("person",),
    ),
    "withdraw_report": Kind(("report",), things={"report": "report"}),
    "see_to": Kind(("report",), things={"report": "report"}),
    # A word to somebody (`value` is the mail address on the card), a gift once time has passed; `word` names one by the
    # act that wrote it, `written` one of the actor's own.
    "write_word": Kind(("person", "text", "value"), makes="written", people=("person",)),
    "take_back_word": Kind(("written",), things={"written": "written"}),
    "answer_word": Kind(("word", "text", "value"), makes="written", things={"word": "written"}),
    "let_word_be": Kind(("word",), things={"word": "written"}),
    "take_words": Kind(("yes",)),
    # Cards that one keeps (`value` is the mail address on it).
    "keep_card": Kind(("title", "name", "does", "value"), makes="card"),
    "edit_card": Kind(("card", "title", "name", "does", "value"), things={"card": "card"}),
    "drop_card": Kind(("card",), things={"card": "card"}),
    # Out of the circle of those with whom one crossed cards.
    "withdraw_card": Kind(("person",), people=("person",)),
    # A card is shown for ten minutes, at an evening or anywhere, to somebody ("": to anybody). They give one for it,
    # take it alone, or leave a name and an address without an account, as `PASSER`, whom nobody knows.
    "show_card": Kind(
        ("card", "evening", "person"),
        makes="showing",
        things={"card": "card", "evening": "evening"},
        people=("person",),
    ),
    "hide_showing": Kind(("showing",), things={"showing": "showing"}),
    "exchange_cards": Kind(("showing", "card"), makes="crossing", things={"showing": "showing", "card": "card"}),
    "take_card": Kind(("showing",), things={"showing": "showing"}),
    "leave_card": Kind(("showing", "name", "value"), makes="handed", things={"showing": "showing"}),
    # Time passes: the worker does what is due.
    "tick": Kind(),
}


def names(act: Act) -> Iterator[str]:
    """The acts, by key, that made the things which an act names: without them it could not be done."""
    for field_name in KINDS[act.do].things:
        if act.said.get(field_name):
            yield str(act.said[field_name]).partition("/")[0]
    audience = act.said.get("audience")
    if isinstance(audience, Audience) and audience.of:
        yield audience.of.partition("/")[0]


def evenings_of(act: Act) -> list[str]:
    """The keys of the evenings of a series that an act makes."""
    return [act.key, *(f"{act.key}/{number}" for number in range(2, act.said.get("times", 1) + 1))]


def about(act: Act) -> Iterator[str]:
    """The people, by handle, whom an act concerns beside the one who acts."""
    for field_name in KINDS[act.do].people:
        if act.said.get(field_name):
            yield str(act.said[field_name])
    audience = act.said.get("audience")
    if isinstance(audience, Audience):
        yield from audience.people
    yield from act.said.get("people", ())


def listing(name: str) -> str:
    """The key of what a source says of the organisation of this name: in every world, before any act."""
    return f"listing {name.lower()}"
