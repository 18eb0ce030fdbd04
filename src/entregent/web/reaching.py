"""How somebody is reached from a page: addresses that a telephone opens. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

#: Mobile numbers as they are dialled at home, and in full: La Réunion and Mayotte, then France.
_MOBILE = (
    (re.compile(r"0(69[23]\d{6})"), "262"),
    (re.compile(r"0(639\d{6})"), "262"),
    (re.compile(r"0([67]\d{8})"), "33"),
    (re.compile(r"(?:\+|00)(262(?:69[23]|639)\d{6})"), ""),
    (re.compile(r"(?:\+|00)(33[67]\d{8})"), ""),
)


class Way(NamedTuple):
    """A button: what it does (whatsapp, phone, mail), and where it leads."""

    kind: str
    address: str


class Letter(NamedTuple):
    """What carries a message: whatsapp, sms or mail, and the number or address."""

    kind: str
    value: str


def href(kind: str, value: str) -> str:
    """Where a channel leads.

    >>> href("telephone", "0692 12 34 56"), href("mail", "zoe+1@a.re"), href("link", "https://a.re/")
    ('tel:0692123456', 'mailto:zoe%2B1@a.re', 'https://a.re/')
    """
    if kind == "telephone":
        return f"tel:{dialled(value)}"
    return f"mailto:{quote(value, safe='@')}" if kind == "mail" else value


def kind(value: str) -> str:
    """What somebody typed, without being asked which: a link, an address or a number.

    >>> kind("https://a.re/@zoe"), kind("zoe@a.re"), kind("0692 12 34 56")
    ('link', 'mail', 'telephone')
    """
    if "://" in value:
        return "link"
    return "mail" if "@" in value else "telephone"


def dialled(number: str) -> str:
    """A number without what makes it readable."""
    return ("+" if number.strip().startswith("+") else "") + "".join(c for c in number if c.isdecimal())


def mobile(number: str) -> str | None:
    """A mobile number as WhatsApp wants it, none for another.

    >>> mobile("0692 12 34 56"), mobile("+33 6 12 34 56 78"), mobile("0262 11 22 33"), mobile("+262 (0)692 12 34 56")
    ('262692123456', '33612345678', None, '262692123456')
    """
    plain = dialled(number.replace("(0)", ""))
    for shape, before in _MOBILE:
        if match := shape.fullmatch(plain):
            return before + match[1]
    return None


def letters(channels: Iterable[tuple[str, str]]) -> list[Letter]:
    """The services that can carry a message, for channels (kind and value): each number and address by itself.

    >>> [(one.kind, one.value) for one in letters([("mail", "z@a.re"), ("telephone", "0692 12 34 56")])]
    [('whatsapp', '0692 12 34 56'), ('sms', '0692 12 34 56'), ('mail', 'z@a.re')]
    """
    said = list(channels)
    numbers = [value for kind, value in said if kind == "telephone" and mobile(value)]
    written = [Letter(kind, value) for value in numbers for kind in ("whatsapp", "sms")]
    return [*written, *(Letter("mail", value) for kind, value in said if kind == "mail")]


def carried(letter: Letter, text: str, subject: str = "") -> str:
    r"""The address by which a telephone or a computer opens a service, with the message in it.

    >>> carried(Letter("whatsapp", "0692 12 34 56"), "Un café ?"), carried(Letter("sms", "0692123456"), "Oui")
    ('https://wa.me/262692123456?text=Un%20caf%C3%A9%20%3F', 'sms:+262692123456?body=Oui')
    >>> carried(Letter("mail", "z@a.re"), "Bonjour,\nun café ?", "Apéro")
    'mailto:z@a.re?subject=Ap%C3%A9ro&body=Bonjour%2C%0D%0Aun%20caf%C3%A9%20%3F'
    """
    words = quote(text, safe="")
    if letter.kind == "whatsapp":
        return f"https://wa.me/{mobile(letter.value)}?text={words}"
    if letter.kind == "sms":
        return f"sms:+{mobile(letter.value)}?body={words}"
    lines = quote("\r\n".join(text.splitlines()), safe="")  # as the standard of such addresses has it
    return f"{href('mail', letter.value)}?subject={quote(subject, safe='')}&body={lines}"


def ways(channels: Iterable[tuple[str, str]]) -> list[Way]:
    """The buttons for channels (kind and value): a word first, then a call, then a mail.

    >>> [way.address for way in ways([("mail", "z@a.re"), ("telephone", "0692 12 34 56")])]
    ['https://wa.me/262692123456', 'tel:0692123456', 'mailto:z@a.re']
    """
    said = list(channels)
    numbers = [value for kind, value in said if kind == "telephone"]
    mobiles = [found for found in map(mobile, numbers) if found]
    words = [Way("whatsapp", f"https://wa.me/{mobiles[0]}")] if mobiles else []
    calls = [Way("phone", href("telephone", numbers[0]))] if numbers else []
    return [*words, *calls, *(Way("mail", href("mail", value)) for kind, value in said if kind == "mail")][:3]
