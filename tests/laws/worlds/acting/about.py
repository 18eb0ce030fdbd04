"""What acts are about: the kinds of facts that they change, and the things and people that they name or make."""

from collections.abc import Iterator, Mapping, Set

from tests.laws.worlds.acting.acts import KINDS, Act, Audience, about, evenings_of, listing

#: The words about each kind of fact. Each kind can be hidden from each role: there is no impossible pair of the two.
_WORDS = {
    "account": "enter erase give_address",
    "membership": "join approve leave remove appoint",
    "request": "ask approve decline withdraw_request",
    "name": "call_me import_evening",
    "headline": "say_headline",
    "words": "say_words",
    "portrait": "portray",
    "willing": "let_ask",
    "situation": "say_situation",
    "position": "state_position end_position show_position withdraw_position",
    "shield": "shield unshield shield_person unshield_person",
    "bond": "tie_firms confirm_tie lift_tie know_domain forget_domain",
    "block": "block unblock",
    "organising": "co_organise stand_down thank organise_alone",
    "evening": "announce announce_series edit edit_following cancel end_series import_evening ask_for_help ask_no_help",
    "recalled": "ask_who_was_there ask_no_more",
    "joint": "stand_in stand_alone take_off",
    "answer": "answer answer_as_guest import_evening say_pictured release",
    "export": "export keep_list",
    "pick": "answer answer_as_guest",
    "feed": "open_feed close_feed",
    "presence": "arrive arrive_as_guest show_presence confirm",
    "listed": "list_attendee drop_list",
    "admission": "let_in let_walk_in let_out",
    "picture": "add_picture delete_picture",
    "takedown": "take_picture_down put_picture_back",
    "need": "state_need edit_need renew_need close_need withdraw_need",
    "kept": "keep_need look_at_kept end_kept resume_kept renew_kept",
    "contact": "note_somebody edit_contact forget_contact bring undo_import",
    "encounter": "meet_again attach_evening",
    "note": "add_note drop_note bring undo_import",
    "promise": "promise keep_promise put_off_promise drop_promise resume_promise",
    "channel": "add_channel drop_channel bring undo_import",
    "label": "label drop_label bring attach_evening undo_import",
    "import": "bring undo_import",
    "upload": "hand_over",
    "report": "report withdraw_report see_to",
    "claim": "claim withdraw_claim accept_claim decline_claim",
    "written": "write_word take_back_word answer_word",
    "given": "write_word answer_word let_word_be",
    "closed": "take_words",
    "crossing": "answer_word withdraw_card exchange_cards take_card leave_card",
    "card": "keep_card edit_card drop_card",
    "showing": "show_card hide_showing",
}
#: The kinds of facts that each word is about; a word that is not here hides nothing.
FACTS: Mapping[str, tuple[str, ...]] = {
    word: tuple(kind for kind, others in _WORDS.items() if word in others.split())
    for words in _WORDS.values()
    for word in words.split()
}
#: By what the run's table is divided.
KINDS_OF_FACTS = frozenset(_WORDS)


def kinds_of(act: Act, word: str) -> Iterator[str]:
    """The kinds of facts that an act, proposed as a word, is about: whoever answers may choose nothing."""
    return (
        kind
        for kind in FACTS.get(word, ())
        if kind != "pick" or any(one is not None for one in act.said.get("picks", ()))
    )


def facts_of(act: Act, outcomes: Mapping[str, str], requests: Set[str]) -> Iterator[str]:
    """The kinds of facts that an act is about, where it came to something; `requests` are the acts that made one."""
    if outcomes.get(act.key) != "done":
        return
    yield from kinds_of(act, act.do)
    if act.do == "join" and act.key in requests:
        yield "request"
    if act.do == "note_somebody":
        yield from ["note"] * bool(act.said.get("text"))
        yield from ["encounter"] * any(act.said.get(name) for name in ("evening", "on", "place", "through"))


def touched_by(act: Act) -> Iterator[tuple[str, str]]:
    """The things and people that an act names or makes."""
    kind = KINDS[act.do]
    for name, thing in kind.things.items():
        if act.said.get(name):
            yield thing, str(act.said[name])
    for name in ("organisation", "one", "other"):
        if act.said.get(name):
            yield "listing", listing(str(act.said[name]))
    audience = act.said.get("audience")
    if isinstance(audience, Audience) and audience.of:
        yield ("community" if audience.kind == "members" else "evening"), audience.of
    if kind.makes:
        yield from ((kind.makes, key) for key in evenings_of(act))
    yield from (("person", who) for who in (act.who, *about(act)))
