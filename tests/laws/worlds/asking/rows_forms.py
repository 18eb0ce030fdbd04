"""Every form: as it is meant, and with something to repair."""

from collections.abc import Mapping
from typing import Any

from entregent.exchange.contacts import attendees
from entregent.web import attendance
from tests.laws.worlds.acting.pen import WORDS
from tests.laws.worlds.asking.browser import CODE, Attached
from tests.laws.worlds.asking.rows import Filled, Hand, Row, form
from tests.pictures import drawn

Said = Mapping[str, Any]


def said(**fields: Any) -> Filled:
    """A form that always says the same."""
    return lambda _hand: fields


def _evening(hand: Hand) -> Said:
    told = {"name": "Apéro", "on": str(hand.day(20)), "at": "18 h 30", "place": "Chez Zélie", "entry": "community"}
    hours = {"opens_on": str(hand.day(-3)), "opens_hour": "9 h", "closes_on": str(hand.day(19)), "closes_hour": "20 h"}
    told |= hand.draw.choice([{}, hours])
    told |= hand.draw.choice([{}, {"also": [hand.one("community").slug]}])
    told |= hand.draw.choice([{}, {"guests": "1", "question_1": "Vin ?", "choices_1": "oui, non"}])
    return {
        **told,
        "until": "22 h",
        "capacity": hand.draw.choice(["", "2", "30"]),
        "pitch": hand.word(),
        "meant": "",
        "pictures": "on",
    }


def _series(hand: Hand) -> Said:
    every = hand.draw.choice(["week", "fortnight", "last"])
    return {**_evening(hand), "repeats": every, "times": "3"}


def _following(hand: Hand) -> Said:
    return {**_evening(hand), "scope": "following", "everywhere": hand.draw.choice(["", "on"])}


def _answer(hand: Hand) -> Said:
    audience = hand.draw.choice(["going", "community", "organisers", "me"])
    own = {"audience": audience, "colleagues": hand.draw.choice(["yes", "no"])}
    own |= {f"question-{place}": hand.draw.choice(["", "0", "1", "7"]) for place in (1, 2)}
    own["guests"] = hand.draw.choice(["", "0", "1", "2"])
    return {**own, "name": "Rose", "email": hand.draw.choice([*hand.emails, ""])}


def _brought(hand: Hand) -> Said:
    return {"guests": hand.draw.choice(["0", "1", "2"]), "question-1": hand.draw.choice(["0", "1"])}


def _email(hand: Hand) -> Said:
    return {"email": hand.draw.choice([*hand.emails, "somebody.new@example.net"])}


def _joining(hand: Hand) -> Said:
    where = hand.draw.choice(["own", "looking", "organisation"])
    named = {"name": hand.word(), "words": "Bonjour", "organisation": hand.word(), "title": "Chef", "along": "yes"}
    return {**named, "where": where, **_email(hand)}


def _contact(hand: Hand) -> Said:
    met = {"met_at": hand.one("evening").code if hand.draw.choice([True, False]) else "", "met_on": hand.day(-9)}
    return {"name": hand.word(), "does": "", "words": hand.word(), "place": "", "through": "", **met}


def _promise(hand: Hand) -> Said:
    by = {"when": hand.draw.choice(["week", "month_end", ""]), "due_on": hand.draw.choice(["", str(hand.day(3))])}
    return {"text": hand.word(), **by, "next": hand.draw.choice(["/carnet/a-faire/", "https://example.net/"])}


def _met(hand: Hand) -> Said:
    return {"met_at": "", "met_on": hand.day(-3), "place": "", "through": hand.word()}


def _work(hand: Hand) -> Said:
    where = hand.draw.choice(["organisation", "organisation", "own", "retired"])
    held = {"organisation": hand.word(), "title": "", "since": "2024-02", "audience": "me"}
    return {"where": where, **held}


def _shield(hand: Hand) -> Said:
    return {"other": hand.word()}


def _need(hand: Hand) -> Said:
    kind = hand.draw.choice(["job", "room", "client"])
    named = {"people": [str(hand.one("contact").uid)]}
    told = {"text": hand.word(), "kind": kind, "place": hand.word(), "offered": ""}
    return {**told, "audience": "me", "until": hand.day(30), **named}


def _labelled(hand: Hand) -> Said:
    return {"text": hand.word(), "what": "all", "who": [str(hand.one("contact").uid)]}


def _there(hand: Hand) -> Said:
    return {"n": "0", "text": hand.word(), "what": "ticked", "who": [str(hand.one("contact").uid)]}


def _asked(hand: Hand) -> Said:
    return {"q": f"{hand.word()} {hand.word()}"}


def _released(hand: Hand) -> Said:
    """Somebody without account, twice, and somebody who has one."""
    return {"what": "ticked", "who": [str(hand.one(kind).uid) for kind in ("visitor", "visitor", "answer")]}


def _found(hand: Hand) -> Said:
    """Everybody without account, or whoever a word of what is hidden finds, who may be nobody."""
    return {"what": "shown", "q": hand.draw.choice(["", hand.word()])}


def _presence(hand: Hand) -> Said:
    return {"person": str(hand.one("presence").uid), "words": hand.draw.choice(["", hand.word()])}


def _crossed(hand: Hand) -> Said:
    return {**_presence(hand), "then": "morning"}


def _photograph(_hand: Hand) -> Said:
    return {"pictures": Attached("photo.png", drawn())}


def _morning(hand: Hand) -> Said:
    told = {"said": hand.word(), "promised": hand.draw.choice(["", hand.word()]), "next": "", "when": "week"}
    return {**told, "due_on": "", "contact": str(hand.one("contact").uid)}


def _community(hand: Hand) -> Said:
    told = {"name": hand.word(), "place": "Saint-Denis", "zone": "Indian/Reunion", "welcome": ""}
    return {**told, "entry": hand.draw.choice(["link", "approved", "open"])}


def _words(hand: Hand) -> Said:
    return {"name": "Moi", "headline": hand.word(), "audience": "me"}


def _said_of(hand: Hand) -> Said:
    return {"text": hand.word(), "audience": "me"}


def _role(hand: Hand) -> Said:
    return {"person": str(hand.one("person").uid)}


def _report(hand: Hand) -> Said:
    return {"words": hand.word(), "community": hand.one("community").slug}


def _seen(hand: Hand) -> Said:
    return {"name": "Rose", "seen": hand.draw.choice(["yes", "all", "apart", "no"])}


def _cards(hand: Hand) -> Said:
    """A file of contacts: one whom nobody here is, the others called by words of what is hidden."""
    names = ["Zoe Fontaine", *hand.words[:12]]
    cards = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEND:VCARD\n" for name in names)
    return {"file": Attached("carnet.vcf", cards.encode())}


WRONG = said(
    email="karine@",
    name="",
    words="",
    on="jeudi 28 janvier",
    at="6:30",
    capacity="beaucoup",
    met_on="hier",
    opens_on="tôt",
)


def _roll(hand: Hand) -> Said:
    """A list of attendees: one whom nobody here is, others called by words of what is hidden, or at such addresses."""
    people = [("Zoe Fontaine", ""), *((word, "") for word in hand.words[:9]), *(("Rose", mail) for mail in hand.emails)]
    lines = "".join(f"{name};{mail}\n" for name, mail in people)
    return {"file": Attached("participants.csv", f"Nom complet;E-mail\n{lines}".encode())}


def _kept_roll(hand: Hand) -> Said:
    """The same, once it was looked at."""
    return {"people": attendance.carried(attendees.read(_roll(hand)["file"].content).people)}


def _at_the_door(hand: Hand) -> Said:
    named = {"name": hand.word()}, {"line": str(hand.one("answer").uid)}, {"billet": "YXA2U8DGRQUJU9RF"}
    chosen: Said = hand.draw.choice(named)
    return chosen


SIGNING: tuple[tuple[str, Filled], ...] = (("sign_in", _email),)
ACCOUNTS = [
    form("set_language", fill=said(language="en", next="/serveur/")),
    form("set_language", fill=said(language="xx", next="https://example.net/"), how="elsewhere"),
    form("demo_sign_in", fill=_role),
    form("sign_in", fill=_email),
    form("sign_in", fill=WRONG, how="wrong"),
    form("code", fill=said(code="00000000"), how="wrong", first=SIGNING),
    form("code", fill=said(code=CODE), first=(("sign_in", said(email="somebody.new@example.net")),), opens=True),
    form("sign_out"),
    form("answer_take", "secret", opens=True),
    form("answer_keep", "secret"),
    form("me_calendar", fill=said(busy="on", promises="on")),
    form("answer_take", "secret", fill=_brought, how="with somebody", opens=True),
    form("me_calendar_close"),
    form("answer_give_back", "secret", opens=True),
    form("answer_account", "secret", fill=_email),
    form("answer_account", "secret", fill=WRONG, how="wrong"),
]
EVENINGS = [
    form("evening_new", "community", fill=_evening),
    form("evening_new", "community", fill=_series, how="that recurs"),
    form("evening_new", "community", fill=WRONG, how="wrong"),
    form("evening_answer", "evening", fill=_answer, opens=True, each=True),
    form("evening_answer", "evening", fill=said(audience="nobody", email="x@"), how="wrong"),
    form("evening_give_back", "evening", opens=True, each=True),
    form("evening_edit", "evening", fill=_evening, opens=True),
    form("evening_edit", "evening", fill=WRONG, how="wrong"),
    form("evening_cancel", "evening", fill=said(words="Ce sera pour une autre fois.")),
    form("evening_cancel", "evening", fill=said(words="?" * 301), how="wrong"),
    form("evening_help", "evening", "help", opens=True),
    form("evening_help_link", "evening"),
    form("evening_help_close", "evening"),
    form("evening_recalled", "evening", "recalled", fill=_seen, opens=True),
    form("evening_recalled", "evening", "recalled", how="wrong"),
    form("evening_recall_link", "evening"),
    form("evening_recall_close", "evening"),
    form("evening_release", "evening", fill=_released),
    form("evening_release", "evening", fill=_found, how="of all found"),
    form("evening_release", "evening", how="of nobody"),
    form("evening_stand_down", "evening"),
    form("evening_thank", "evening", "organising"),
    form("evening_alone", "evening"),
    form("evening_take_off", "evening", "community"),
    form("evening_export", "evening"),
    form("evening_edit", "evening", fill=_following, how="and those that follow", opens=True),
    form("series_end", "evening"),
    form("evening_list", "evening", fill=_roll),
    form("evening_list", "evening", fill=said(people="torn"), how="wrong"),
    form("evening_list", "evening", fill=_kept_roll, how="kept"),
    form("evening_list", "evening", fill=said(drop="yes"), how="dropped"),
    form("door_admit", "evening", fill=_at_the_door),
    form("door_admit", "evening", how="wrong"),
    form("door_undo", "evening", "admission"),
    form("room_seen", "evening", fill=_seen),
    form("room_note", "evening", fill=_presence),
    form("room_note", "evening", fill=_crossed, how="the morning after"),
    form("evening_pictured", "evening", fill=said(yes="yes")),
    form("evening_pictures", "evening"),
    form("evening_pictures", "evening", fill=_photograph, how="of a file"),
    form("picture_down", "picture"),
    form("picture_back", "takedown"),
    form("picture_delete", "picture"),
    form("room_morning", "evening", fill=_morning),
    form("room_morning", "evening", fill=said(promised="x"), how="of nobody"),
    form("here", "here", fill=_seen, opens=True),
    form("here", "here", how="wrong"),
]
COMMUNITIES = [
    form("community_new", fill=_community),
    form("community_new", fill=WRONG, how="wrong"),
    form("community_edit", "community", fill=_community),
    form("community_edit", "community", fill=WRONG, how="wrong"),
    form("community_invite", "community"),
    form("community_leave", "community"),
    form("request_withdraw", "community"),
    form("community_remove", "community", "person"),
    form("community_appoint", "community", "person"),
    form("entry_accept", "request"),
    form("entry_decline", "request"),
    form("claim_accept", "claim"),
    form("claim_decline", "claim"),
    form("join", "community", fill=_joining, opens=True),
    form("join", "invite", fill=_joining, how="invited", opens=True),
    form("join", "invite", fill=said(where="organisation", name=""), how="wrong", opens=True),
]
PEOPLE = [
    form("contact_new", fill=_contact),
    form("contact_new", fill=WRONG, how="wrong"),
    form("contact_edit", "contact", fill=_contact),
    form("contact_edit", "contact", fill=WRONG, how="wrong"),
    form("contact_note", "contact", fill=_contact),
    form("contact_note", "contact", fill=WRONG, how="wrong"),
    form("contact_met", "contact", fill=_met),
    form("contact_met", "contact", fill=WRONG, how="wrong"),
    form("contact_bring", fill=_cards),
    form("contact_bring", how="of nothing"),
    form("contact_choose", "upload", fill=said(what="all", label="Filao")),
    form("contact_choose", "upload", how="wrong"),
    form("contact_columns", "upload", fill=said(column_0="name")),
    form("contact_leave", "upload"),
    form("contact_undo", "import"),
    form("contact_evenings", "import", fill=_there),
    form("contact_evenings", "import", fill=said(n="0"), how="of nobody"),
    form("contact_label", fill=_labelled),
    form("contact_label", how="of nobody"),
    form("contact_promise", "contact", fill=_promise),
    form("contact_promise", "contact", fill=said(text="", due_on="hier"), how="wrong"),
    *(form(f"promise_{act}", "promise", fill=_promise) for act in ("done", "later", "drop", "resume")),
    form("promise_later", "promise", fill=said(due_on="2020-01-01"), how="into the past"),
    form("contact_reach", "contact", fill=said(value="0692 12 34 56")),
    form("contact_reach", "contact", fill=said(value="n'importe"), how="wrong"),
    form("contact_unreach", "channel"),
    form("contact_mark", "contact", fill=_labelled),
    form("contact_unmark", "label"),
    form("contact_forget", "contact"),
    form("contact_keep", "contact"),
    form("note_drop", "note"),
    form("note_keep", "note"),
    form("person_keep", "person", fill=_contact),
    form("person_claim", "person"),
    form("person_unclaim", "person"),
    form("person_block", "person"),
    form("person_unblock", "person"),
    form("person_report", "person", fill=_report),
    form("person_report", "person", fill=WRONG, how="wrong"),
    form("evening_report", "evening", fill=_report),
    form("evening_report", "evening", fill=WRONG, how="wrong"),
    form("report_see_to", "report"),
    form("report_remove", "report"),
    form("report_reopen", "report"),
    form("report_withdraw", "report"),
    form("need", fill=_asked, lists=True),
    form("need", how="of nothing"),
    form("need_keep", fill=_asked),
    form("need_keep", how="of nothing"),
    *(form(f"kept_{act}", "kept") for act in ("look", "end", "resume", "renew")),
]
OWN = [
    form("me_words", fill=_words),
    form("me_words", fill=WRONG, how="wrong"),
    form("me_portrait", fill=said(audience="me")),
    form("me_portrait", fill=said(audience="1"), how="wrong"),
    form("me_portrait_withdraw"),
    *(form(f"me_{kind}", fill=_said_of) for kind in WORDS),
    form("me_does", fill=said(text="Des cartes", audience="1"), how="wrong"),
    form("me_links", fill=said(text="javascript:alert()", audience="me"), how="wrong"),
    form("me_work", fill=_work, opens=True),
    form("me_work", fill=said(where="organisation", organisation="", since="hier"), how="wrong"),
    form("me_work_show", "position", fill=said(audience="everyone")),
    form("me_work_show", "position", how="wrong"),
    form("me_work_end", "position", opens=True),
    form("me_work_withdraw", "position", opens=True),
    form("me_shield", fill=_shield),
    form("me_shield", fill=said(organisations=["nobody-s"]), how="wrong"),
    form("me_ask", fill=said(through_me="yes")),
    form("me_ask", how="wrong"),
    form("me_need", fill=_need),
    form("me_need", fill=said(text="", audience="1"), how="wrong"),
    form("need_edit", "need", fill=_need),
    form("need_edit", "need", fill=said(text="", audience="1"), how="wrong"),
    form("need_close", "need"),
    form("need_renew", "need"),
    form("need_withdraw", "need"),
    form("me_erase", fill=said(sure="on")),
    form("me_erase", how="wrong"),
]
FORMS: list[Row] = [*ACCOUNTS, *EVENINGS, *COMMUNITIES, *PEOPLE, *OWN]
