"""One person's browser in a storm: a connection that stays open, cookies, the forms that a page offers."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

#: How long somebody waits for a page, in seconds: as long as a phone does.
PATIENCE = 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
FORM = re.compile(r'<form[^>]* action="(/[sr]/[^"/]+/(reponse|prendre|rendre)/)"')
WAITS = re.compile(r"You are (?:first|number \d+) on the list")


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody sees of an evening: the status, where they stand, and where each form is sent that it offers."""

    code: str
    status: int
    stands: str
    forms: dict[str, str]
    token: str
    complaint: str = ""


@dataclass
class Visitor:
    """`session` is that of a member; somebody without account brings a first name alone."""

    address: str
    name: str
    session: str = ""
    requests: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self.line = HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
        if self.session:
            self.cookies["sessionid"] = self.session

    def evening(self, code: str) -> Page:
        """The page of an evening."""
        return self._asked("GET", f"/s/{code}/", code=code)

    def send(self, page: Page, form: str) -> int:
        """Send a form of a page: the status of the answer, which leads elsewhere where all went well."""
        said = {"csrfmiddlewaretoken": page.token, "name": self.name, "evening": page.code}
        return self._asked("POST", page.forms[form], urlencode(said)).status

    def _asked(self, method: str, path: str, body: str = "", *, code: str = "") -> Page:
        self.requests += 1
        try:
            self.line.request(method, path, body or None, self._headers(path, body))
            answer = self.line.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.line.close()
            return Page(code, 0, "", {}, "", repr(error))
        for said in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(said).items()}
        return _read(code, answer.status, text)

    def _headers(self, path: str, body: str) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        form = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.address + path} if body else {}
        return {"Accept-Language": "en", "Cookie": cookies, **form}


def _read(code: str, status: int, text: str) -> Page:
    forms = {verb: path for path, verb in FORM.findall(text)}
    token = TOKEN.search(text)
    complaint = "locked" if "database is locked" in text else ""
    return Page(code, status, _stands(text, forms), forms, token[1] if token else "", complaint)


def _stands(text: str, forms: dict[str, str]) -> str:
    """Where a page says that its reader stands: `going`, `waiting`, may `take` a seat, let one pass, has `none`."""
    if "You are coming" in text:
        return "going"
    if "I take the seat" in text:
        return "take"
    if WAITS.search(text):
        return "waiting"
    if "You did not take the seat that was kept for you" in text:
        return "lapsed"
    return "none" if "reponse" in forms else ""
