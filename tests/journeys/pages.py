"""Everything that is looked at: each page, in each of its states, through whose eyes and when.

The table is read by `tools/screenshots.py`, by the tests of this folder, and by the law that no page is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from playwright.sync_api import Page

from tests.journeys.stage import FRIDAY, SUNDAY, THURSDAY

Act = Callable[[Page], object]

LANGUAGES = ("fr", "en")
VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one page: `url` is the name of its address, `args` are places of the scene or words as they stand.

    `act` is what is done there before looking, and may lead to another address; `status` is the answer that is then
    looked at. `drawn` is said of a picture, which is no page.
    """

    name: str
    url: str
    args: tuple[str, ...] = ()
    who: str = VISITOR
    at: datetime = SUNDAY
    query: str = ""
    act: Act | None = None
    leads_to: str = ""
    status: int = 200
    drawn: bool = False


def sent(form: str, **typed: str) -> Act:
    """Type into the fields of a form by name, and send it past the checks of the browser."""

    def act(page: Page) -> None:
        found = page.locator(form).first
        found.evaluate("form => { form.noValidate = true }")
        for name, words in typed.items():
            found.locator(f"[name={name}]").first.fill(words)
        with page.expect_navigation():
            found.locator("button:not([type=button])").last.click()

    return act


def unfolded(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def together(*acts: Act) -> Act:
    """One act after the other."""

    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


def pressed(button: str) -> Act:
    """Press a button that leads somewhere."""

    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator(button).first.click()

    return act


ANSWER, NEED = "article.soir form", "form.besoin"
WELCOME = [
    Look("home", "home"),
    Look("server", "server"),
    Look("sign-in", "sign_in"),
    Look("sign-in-error", "sign_in", act=sent("main form", email="karine@"), status=422),
    Look("code", "sign_in", act=sent("main form", email="one@example.net"), leads_to="code"),
    Look(
        "code-error",
        "sign_in",
        act=together(sent("main form", email="other@example.net"), sent("main form", code="12345678")),
        leads_to="code",
        status=422,
    ),
    Look("not-found", "evening", ("NOWHERE2",), status=404),
]
TONIGHT = [
    Look("tonight", "tonight", who="anais"),
    Look("tonight-story", "tonight", who="jeremie"),
    Look("tonight-asked", "tonight", who="patrick"),
    Look("tonight-asked-error", "tonight", who="patrick", act=sent(ANSWER), status=422),
    Look("tonight-organiser", "tonight", who="emmanuelle"),
    Look("tonight-nowhere", "tonight", who="newcomer"),
    Look("tonight-empty", "tonight", who="alone"),
    Look("tonight-there", "tonight", who="jeremie", at=THURSDAY),
]
EVENINGS = [
    Look("evening", "evening", ("coming",)),
    Look("evening-error", "evening", ("coming",), act=sent(ANSWER, email="hugo@"), status=422),
    Look("evening-member", "evening", ("coming",), "karine"),
    Look("evening-guest", "evening", ("coming",), "gaelle"),
    Look("evening-organiser", "evening", ("coming",), "emmanuelle"),
    Look("evening-folds", "evening", ("coming",), "karine", act=unfolded),
    Look("evening-full", "evening", ("full",)),
    Look("evening-bring-folds", "evening", ("full",), "karine", act=unfolded),
    Look("evening-waiting", "evening", ("full",), "karine"),
    Look("evening-offered", "evening", ("offered",), "karine"),
    Look("evening-lapsed", "evening", ("offered",), "karine", FRIDAY),
    Look("evening-early", "evening", ("early",), "karine"),
    Look("evening-cancelled", "evening", ("off",)),
    Look("evening-past", "evening", ("past",), "jeremie"),
    Look("pictures", "evening_pictures", ("past",), "jeremie"),
    Look("pictures-organiser", "evening_pictures", ("past",), "emmanuelle"),
    Look("pictures-error", "evening_pictures", ("past",), "emmanuelle", act=sent("main form"), status=422),
    Look("picture", "picture", ("picture",), "jeremie", drawn=True),
    Look("evening-preview", "evening_preview", ("coming",), drawn=True),
    Look("evening-new", "evening_new", ("demonstration",), "emmanuelle"),
    Look(
        "evening-new-error",
        "evening_new",
        ("demonstration",),
        "emmanuelle",
        act=sent("main form", on="jeudi 28 janvier", at="6:30", place="Chez Zélie", capacity="beaucoup"),
        status=422,
    ),
    Look("evening-edit", "evening_edit", ("coming",), "emmanuelle"),
    Look("evening-help", "evening_help", ("coming", "together"), "karine"),
    Look("evening-cancel", "evening_cancel", ("coming",), "emmanuelle"),
    Look("evening-edit-settings", "evening_edit", ("early",), "thierry"),
    Look("evening-new-series", "evening_new", ("demonstration",), "emmanuelle", act=unfolded),
    Look("evening-new-several", "evening_new", ("demonstration",), "thierry"),
    Look("evening-several", "evening", ("early",), "thierry"),
    Look("evening-series", "evening", ("series",)),
    Look("evening-edit-series", "evening_edit", ("series",), "thierry"),
    Look("evening-dates", "evening_dates", ("series",)),
    Look("evening-dates-organiser", "evening_dates", ("series",), "thierry", act=unfolded),
    Look("evening-share", "evening_share", ("coming",), "emmanuelle"),
    Look("evening-share-full", "evening_share", ("full",), "thierry"),
    Look("evening-share-past", "evening_share", ("past",), "emmanuelle"),
    Look("evening-release", "evening_release", ("full",), "thierry"),
    Look("evening-release-nobody", "evening_release", ("full",), "thierry", query="?q=zzz"),
    Look("evening-release-error", "evening_release", ("full",), "thierry", act=pressed("[value=ticked]"), status=422),
    Look("evening-release-none", "evening_release", ("early",), "thierry"),
    Look("evening-find", "evening_find", who="jeremie"),
    Look("evening-find-month", "evening_find", who="jeremie", query="?month=2026-11"),
    Look("evening-find-none", "evening_find", who="jeremie", query="?near=Cilaos"),
    Look("evening-find-nowhere", "evening_find", who="newcomer"),
    Look("evening-list", "evening_list", ("past",), "emmanuelle"),
    Look("evening-list-none", "evening_list", ("coming",), "emmanuelle"),
    Look("evening-recalled", "evening_recalled", ("past", "recalled"), "anais"),
    Look("room-past", "room", ("past",), "jeremie"),
    Look("evening-recalled-asked", "evening_recalled", ("past", "recalled"), "patrick"),
    Look("report-evening", "evening_report", ("coming",), "karine"),
    Look("poster", "poster", ("coming",), "emmanuelle"),
    Look("answer", "answer", ("secret gaelle",)),
    Look("answer-known", "answer", ("secret gaelle",), "gaelle"),
    Look("answer-waiting", "answer", ("secret hugo",)),
    Look("answer-given-back", "answer", ("secret rose",)),
    Look("answer-released", "answer", ("secret lilou",)),
    Look("answer-account", "answer_account", ("secret gaelle",)),
    Look("answer-ticket", "answer_ticket", ("secret gaelle",)),
    Look("ticket", "ticket", ("coming",), "gaelle"),
    Look("door-early", "door", ("coming",), "emmanuelle"),
    Look("here-early", "here", ("here",)),
]
COMMUNITIES = [
    Look("community-new", "community_new", who="newcomer"),
    Look("community-new-error", "community_new", who="newcomer", act=sent("main form"), status=422),
    Look("community", "community", ("demonstration",)),
    Look("community-member", "community", ("demonstration",), "jeremie"),
    Look("community-steward", "community", ("demonstration",), "emmanuelle"),
    Look("community-steward-folds", "community", ("demonstration",), "emmanuelle", act=unfolded),
    Look("community-folds", "community", ("demonstration",), "jeremie", act=unfolded),
    Look("community-approved", "community", ("approved",)),
    Look("community-requests", "community", ("approved",), "thierry"),
    Look("community-empty", "community", ("empty",), "alone"),
    Look("community-edit", "community_edit", ("demonstration",), "emmanuelle"),
    Look("community-edit-folds", "community_edit", ("demonstration",), "emmanuelle", act=unfolded),
    Look("community-poster", "community_poster", ("demonstration",), "jeremie"),
    Look("join", "join", ("invite",)),
    Look("join-guest", "join", ("invite",), "gaelle"),
    Look("join-error", "join", ("invite",), act=sent("main form", email="hugo@"), status=422),
    Look("join-approved", "join", ("approved",)),
    Look("join-member", "join", ("empty",), "newcomer"),
]
KARINE, NO_MEMBER = ("contact Karine Payet",), ("contact Valérie",)
BOOK = [
    Look("book", "book", who="jeremie"),
    Look("promises", "contact_promises", who="jeremie"),
    Look("promises-empty", "contact_promises", who="alone"),
    Look(
        "contact-promise-error",
        "contact",
        KARINE,
        "jeremie",
        act=together(unfolded, sent("form[action$='/promesse/']")),
        status=422,
        leads_to="contact_promise",
    ),
    Look("book-empty", "book", who="alone"),
    Look("book-search", "book", who="jeremie", query="?q=la+fille+du+seo+à+saint-pierre"),
    Look("book-search-nothing", "book", who="jeremie", query="?q=plombier"),
    Look("contact", "contact", KARINE, "jeremie"),
    Look("contact-no-member", "contact", NO_MEMBER, "jeremie"),
    Look("contact-folds", "contact", KARINE, "jeremie", act=unfolded),
    Look("contact-new", "contact_new", who="jeremie"),
    Look("contact-new-error", "contact_new", who="jeremie", act=sent("main form", met_on="hier"), status=422),
    Look("contact-edit", "contact_edit", NO_MEMBER, "jeremie"),
    Look("contact-bring", "contact_bring", who="jeremie"),
    Look("contact-bring-error", "contact_bring", who="jeremie", act=sent("main form"), status=422),
    Look("contact-bring-again", "contact_bring", who="nadege"),
    Look("contact-choose", "contact_choose", ("upload",), "nadege"),
    Look("contact-choose-letter", "contact_choose", ("upload",), "nadege", query="?lettre=D&q=Atelier+7"),
    Look("contact-choose-nobody", "contact_choose", ("upload",), "nadege", query="?q=zzz"),
    Look("contact-columns", "contact_choose", ("columns",), "newcomer"),
    Look("contact-choose-evenings", "contact_choose", ("calendar",), "alone"),
    Look("contact-brought", "contact_brought", ("import",), "nadege"),
    Look("contact-evenings", "contact_evenings", ("import",), "nadege"),
    Look("contact-evenings-nothing", "contact_evenings", ("import",), "nadege", query="?q=zzz"),
    Look("contact-evening", "contact_evenings", ("import",), "nadege", query="?n=0"),
    Look("contact-evening-nobody", "contact_evenings", ("import",), "nadege", query="?n=0&q=zzz"),
    Look("contact-brought-page", "contact", ("brought",), "nadege", act=unfolded),
    Look("contact-label", "contact_label", who="nadege"),
    Look("contact-label-empty", "contact_label", who="alone"),
    Look("contact-label-error", "contact_label", who="nadege", act=sent("main form.formulaire", text=""), status=422),
    Look("person", "person", ("person karine",), "jeremie"),
    Look("person-new", "person", ("person anais",), "jeremie"),
    Look("person-boss", "person", ("person jeremie",), "patrick"),
    Look("person-block", "person", ("person anais",), "jeremie", act=unfolded),
    Look("person-blocked", "person", ("person giovanni",), "nadege"),
    Look("report-person", "person_report", ("person giovanni",), "jeremie"),
    Look("report-person-again", "person_report", ("person giovanni",), "nadege"),
    Look("report-person-error", "person_report", ("person giovanni",), "karine", act=sent("main form"), status=422),
    Look("ways", "ways", ("person thierry",), "jeremie"),
    Look("ways-none", "ways", ("person anais",), "patrick"),
]
NEEDS = [
    Look("need-blank", "need", who="jeremie"),
    Look("need", "need", who="jeremie", act=sent(NEED, q="quelqu’un qui sait parler cadastre et cartes en ligne")),
    Look(
        "need-story",
        "need",
        who="jeremie",
        act=sent(NEED, q="je m’ennuie dans mon agence, je cherche un poste plus responsable"),
    ),
    Look("need-nobody", "need", who="jeremie", act=sent(NEED, q="plombier zingueur")),
    Look("kept", "kept", who="jeremie"),
    Look("kept-empty", "kept", who="alone"),
    Look("kept-over", "kept", who="thierry"),
    Look("need-kept", "need", who="jeremie", act=sent(NEED, q="un plombier zingueur")),
    Look("needs", "needs", who="jeremie"),
    Look("needs-nothing", "needs", who="jeremie", query="?kind=associate"),
    Look("needs-empty", "needs", who="alone"),
    Look("need-say", "me_need", who="jeremie"),
    Look("need-say-error", "me_need", who="jeremie", act=sent("form[action$='/besoins/']"), status=422),
    Look("need-edit", "need_edit", ("need jeremie",), "jeremie"),
    Look("need-folds", "need", who="jeremie", act=together(sent(NEED, q="une salle le mardi soir"), unfolded)),
]
WRITING = [
    Look("write", "write", ("person anais",), "jeremie"),
    Look("write-error", "write", ("person anais",), "jeremie", act=sent("main form", text="", mail="je@"), status=422),
    Look("write-before", "write", ("person patrick",), "karine"),
    Look("write-fresh", "write", ("person nadege",), "karine"),
    Look("write-theirs", "write", ("person anais",), "karine"),
    Look("write-blocked", "write", ("person giovanni",), "nadege"),
    Look("write-channels", "contact_write", ("brought",), "nadege"),
    Look("write-leave", "contact_write", ("brought",), "nadege", act=pressed("button[name=way]")),
    Look("write-nothing", "contact_write", NO_MEMBER, "jeremie"),
    Look("words", "words", who="karine"),
    Look("words-empty", "words", who="alone"),
    Look("word", "word", ("word given",), "karine"),
    Look("word-folds", "word", ("word given",), "karine", act=unfolded),
    Look(
        "word-error",
        "word",
        ("word given",),
        "karine",
        act=sent("main form", text="", mail="", telephone="demain"),
        status=422,
    ),
    Look("word-crossed", "word", ("word crossed",), "karine"),
    Look("word-gone", "word", ("word gone",), "karine"),
    Look("word-fresh", "word", ("word fresh",), "karine"),
]
SECTOR = [
    Look("sector", "sector", who="jeremie"),
    Look("sector-folds", "sector", who="jeremie", act=unfolded),
    Look("sector-search", "sector", who="jeremie", query="?q=des+cartes+à+Saint-Denis"),
    Look("sector-town", "sector", who="jeremie", query="?town=Saint-Pierre&tag=web"),
    Look("sector-nothing", "sector", who="jeremie", query="?q=plombier"),
    Look("sector-last", "sector", who="jeremie", query="?page=2"),
    Look("listing", "sector_listing", ("listing maps",), "jeremie"),
    Look("listing-people", "sector_listing", ("listing filao",), "jeremie"),
    Look("listing-gone", "sector_listing", ("listing gone",), "jeremie"),
]
OWN = [
    Look("me", "me", who="jeremie"),
    Look("me-folds", "me", who="jeremie", act=unfolded),
    Look("me-organiser", "me", who="emmanuelle"),
    Look("calendar", "me_calendar", who="karine"),
    Look("calendar-address", "me_calendar", who="alone", act=pressed("form.formulaire button")),
    Look("cards", "me_cards", who="karine"),
    Look("cards-none", "me_cards", who="alone"),
    Look("card-new", "card_new", who="jeremie"),
    Look("card-error", "card_new", who="jeremie", act=sent("main form", title="", telephone="demain"), status=422),
    Look("card-edit", "card_edit", ("card karine",), "karine"),
    Look("card-showing", "me_cards", who="karine", act=pressed(".carte-visite button"), leads_to="card_shown"),
    Look("write-card", "write", ("person anais",), "emmanuelle"),
    Look("blocks", "me_blocks", who="nadege"),
    Look("blocks-empty", "me_blocks", who="alone"),
    Look("me-new", "me", who="newcomer"),
    Look("me-error", "me", who="jeremie", act=sent("main form[action$='/nom/']", name=""), status=422),
    *(
        Look(f"me-{kind}", f"me_{kind}", who="jeremie")
        for kind in ("does", "seeks", "skills", "languages", "manner", "trust")
    ),
    Look("me-portrait", "me_portrait", who="karine"),
    Look("me-portrait-error", "me_portrait", who="jeremie", act=sent("main form"), status=422),
    Look("person-portrait", "person_portrait", ("person karine",), "jeremie", drawn=True),
    Look("me-links", "me_links", who="karine"),
    Look(
        "me-links-error",
        "me_links",
        who="jeremie",
        act=sent("main form", text="exemple.re\nma page"),
        status=422,
    ),
    Look("seen", "me_seen", who="jeremie"),
    Look("seen-folds", "me_seen", who="karine", act=unfolded),
    Look("seen-organiser", "me_seen", who="emmanuelle"),
    Look("seen-asking", "me_seen", who="anais"),
    Look("seen-new", "me_seen", who="newcomer"),
    Look("seen-employer", "me_seen", who="jeremie", query="?comme=chez-filao"),
    Look("seen-named", "me_seen", who="jeremie", query="?comme=nomme"),
    Look("seen-member", "me_seen", who="karine", query="?comme=sans-reponse"),
    Look("seen-evenings", "me_seen", who="karine", query="?comme=soirees"),
    Look("seen-nothing", "me_seen", who="alone", query="?comme=visiteur"),
]
THERE = [
    Look("door", "door", ("coming",), "emmanuelle", THURSDAY),
    Look("door-search", "door", ("coming",), "emmanuelle", THURSDAY, "?q=kar"),
    Look("door-nobody", "door", ("coming",), "emmanuelle", THURSDAY, "?q=zzz"),
    Look("door-refused", "door", ("coming",), "emmanuelle", THURSDAY, "?billet=YXA2U8DGRQUJU9RF"),
    Look("door-over", "door", ("coming",), "emmanuelle", FRIDAY),
    Look("here", "here", ("here",), at=THURSDAY),
    Look("here-error", "here", ("here",), at=THURSDAY, act=sent("main form"), status=422),
    Look("here-asked", "here", ("here",), "patrick", THURSDAY),
    Look("room", "room", ("coming",), "jeremie", THURSDAY),
    Look("room-unseen", "room", ("coming",), "giovanni", THURSDAY),
    Look("room-guest", "room", ("coming",), "gaelle", THURSDAY),
    Look("room-search", "room", ("coming",), "jeremie", THURSDAY, "?q=lois"),
    Look("room-noted", "room", ("coming",), "karine", THURSDAY, act=pressed("main .geste button")),
    Look("here-over", "here", ("past here",), "jeremie"),
    Look("room-after", "room", ("coming",), "jeremie", FRIDAY),
    Look("morning", "room_morning", ("coming",), "jeremie", FRIDAY),
    Look(
        "morning-error",
        "room_morning",
        ("coming",),
        "jeremie",
        FRIDAY,
        act=together(unfolded, sent("main form")),
        status=422,
    ),
    Look("morning-nobody", "room_morning", ("coming",), "stephane", FRIDAY),
    Look("tonight-after", "tonight", who="jeremie", at=FRIDAY),
    Look("card-showing-room", "room", ("coming",), "karine", THURSDAY, act=pressed(".montrer button")),
    Look("card-visitor", "card_shown", ("shown",), at=THURSDAY),
    Look("card-visitor-error", "card_shown", ("shown",), at=THURSDAY, act=sent("main form", name=""), status=422),
    Look("card-visitor-left", "card_shown", ("shown",), at=THURSDAY, act=sent("main form", name="Zoé", way="0692 1")),
    Look("card-member", "card_shown", ("shown",), "emmanuelle", THURSDAY),
    Look("card-member-none", "card_shown", ("shown",), "jeremie", THURSDAY),
    Look("card-exchanged", "card_shown", ("shown",), "nadege", THURSDAY, act=pressed("main button.reponse")),
    Look("card-ended", "card_shown", ("shown",), "karine", THURSDAY + timedelta(minutes=20)),
    Look("evening-after", "evening", ("coming",), "jeremie", FRIDAY),
]
#: In the order of time: once the clock has passed something, it has happened.
LOOKS = sorted(
    [*WELCOME, *TONIGHT, *EVENINGS, *COMMUNITIES, *BOOK, *NEEDS, *WRITING, *SECTOR, *OWN, *THERE],
    key=lambda look: look.at,
)
