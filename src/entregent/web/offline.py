"""What a phone may keep and show without network, and until when: one's own ticket, the door's list."""

from datetime import datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from entregent.web.methods import require_safe

#: Says of a page until when a phone may keep it; what does not say so is never kept.
KEEP_UNTIL = "X-Keep-Until"
WORKER = Path(__file__).parent / "static" / "entregent" / "sw.js"


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, at the root: it answers for the whole site, and for what is kept alone."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def kept(response: HttpResponse, until: datetime) -> HttpResponse:
    """Let a phone keep this page until a moment."""
    response.headers[KEEP_UNTIL] = until.isoformat()
    return response


def forgotten(response: HttpResponse) -> HttpResponse:
    """Have a browser forget all that it kept of this server: pages, lists, and what keeps them."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
