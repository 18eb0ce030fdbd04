"""Invented people and evenings, in the shapes that the templates name: what the pages of the look are drawn with."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from entregent.web.labels import Audience

#: What a community asks of those who come.
CONDUCT = ("On parle de soi autant que des autres.", "On ne vend rien.")
#: The instant at which the samples are drawn: four days before the evening.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ZONE = "Indian/Reunion"


def uid(number: int) -> UUID:
    """A fixed public id."""
    return UUID(int=number)


@dataclass(frozen=True, slots=True)
class Place:
    """A community, as pages name it."""

    name: str = "Apéros Web 974"
    slug: str = "aperos-web-974"
    place: str = "La Réunion"
    welcome: str = "Une table, des gens du web, tous les deux mois. Personne ne présente rien."
    entry: str = "link"


@dataclass(frozen=True, slots=True)
class Meetup:
    """An evening."""

    code: str = "APERO47"
    name: str = "Apéro Web 47"
    place: str = "Chez Zélie, sous la varangue"
    address: str = "14, rue Jules-Auber"
    town: str = "Saint-Denis"
    pitch: str = ""
    farewell: str = ""
    starts_at: datetime = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    ends_at: datetime | None = datetime(2026, 11, 26, 18, tzinfo=UTC)
    zone: str = ZONE
    state: str = "open"
    band: int | None = 20
    capacity: int | None = 40
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    told_until: date = date(2026, 12, 11)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is shown."""

    kind: str
    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """The best next act."""

    kind: str
    through: str = ""
    code: str = ""
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list."""

    name: str
    fact: str = ""
    met: bool = False
    contact: UUID | None = None
    person: UUID | None = field(default_factory=lambda: uid(7))
    on: date | None = None
    reasons: tuple[Reason, ...] = ()
    act: Act | None = None
    noted: bool = False
    words: str = ""
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The viewer's own answer."""

    standing: str = "going"
    place: int | None = None
    audience: Audience = field(default_factory=lambda: Audience("going", apart_from=("Filao",)))
    until: datetime | None = None
    takes: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An evening and one's own answer to it."""

    meetup: Meetup
    standing: str = ""


HERE = Place()
TONIGHT = Meetup()
COMES = Audience("going")
NADEGE = Line(
    "Nadège Técher",
    "Directrice technique, Studio Takamaka",
    reasons=(Reason("published", "cherche renfort accessibilité dès janvier"),),
)
THIERRY = Line(
    "Thierry Ah-Hon",
    "Géomètre passé au web, Saint-Pierre",
    reasons=(Reason("knows", "Karine peut vous présenter : même équipe jusqu’en 2021"),),
    on=date(2021, 6, 1),
    act=Act("ask", through="Karine"),
    first_name="Thierry",
)
ANAIS = Line(
    "Anaïs Lebon",
    "Cartographe, arrivée de Lyon en août",
    reasons=(Reason("said", "une cartographe qui connaît le cadastre", date(2026, 5, 4)),),
    act=Act("meet", code="APERO47", at=TONIGHT.starts_at, zone=ZONE),
)
KARINE = Line(
    "Karine Payet",
    "Lagon",
    met=True,
    contact=uid(3),
    on=date(2026, 9, 12),
    reasons=(Reason("promised", "Vous lui avez promis un verre"),),
    first_name="Karine",
)
MICKAEL = Line("Mickaël Grondin", "Piton Numérique", met=True, contact=uid(4), on=date(2025, 3, 6))
YASMINE = Line(
    "Yasmine Issop",
    "Géomaticienne, Oté Données",
    met=True,
    contact=uid(5),
    on=date(2024, 11, 26),
    reasons=(
        Reason("said", "a fait le cadastre de Saint-Paul", date(2024, 11, 26)),
        Reason("met", "Apéro Web 41, Saint-Denis", date(2024, 11, 26)),
    ),
    act=Act("open"),
)
HOSTS = ({"name": "Emmanuelle Fontaine", "organisation": "Cap Bernard"},)
OPERATOR = {"name": "Stéphane Turpin", "employer": "Cap Bernard", "mail": "stephane@exemple.re"}
LATER = (
    Row(
        replace(TONIGHT, code="A48", name="Apéro Web 48", starts_at=datetime(2027, 1, 28, 14, 30, tzinfo=UTC)),
        "waiting",
    ),
    Row(
        replace(
            TONIGHT,
            code="A49",
            name="Apéro Web 49",
            starts_at=datetime(2027, 3, 25, 14, 30, tzinfo=UTC),
            state="cancelled",
        )
    ),
)
PAST = tuple(
    Row(
        replace(
            TONIGHT,
            code=f"A{number}",
            name=f"Apéro Web {number}",
            starts_at=datetime(2026, month, 24, 14, 30, tzinfo=UTC),
            state="past",
        )
    )
    for number, month in ((46, 9), (45, 7), (44, 5), (43, 3), (42, 1), (41, 1))
)
CARD: dict[str, Any] = {
    "meetup": TONIGHT,
    "community": HERE,
    "conduct": CONDUCT,
    "may_answer": True,
    "asks_colleagues": True,
    "employers": ("Filao",),
    "audience": COMES,
    "hosts": HOSTS,
    "to_meet": (NADEGE, THIERRY, ANAIS),
    "known": (KARINE, MICKAEL),
}
VISITOR: dict[str, Any] = {
    **CARD,
    "asks_colleagues": False,
    "audience": Audience("organisers"),
    "to_meet": (),
    "known": (),
    "visitor": True,
}
SHARE = {
    "title": "Apéro Web 47",
    "lines": ("Jeudi 26 novembre, 18 h 30", "Chez Zélie, Saint-Denis"),
    "text": "Jeudi 26 novembre, on se retrouve chez Zélie à partir de 18 h 30. Un prénom suffit pour dire oui : https://exemple.re/e/APERO47",
}
PAGE_OF_KARINE: dict[str, Any] = {
    "community": HERE,
    "who": {
        "uid": uid(3),
        "name": "Karine Payet",
        "first_name": "Karine",
        "met": {"on": date(2010, 1, 28), "at": "Apéro Web 12", "town": "Saint-Denis"},
        "through": "Mickaël",
        "again": 3,
        "works_at": "Lagon",
        "since": 2024,
        "headline": "Directrice de clientèle",
    },
}
