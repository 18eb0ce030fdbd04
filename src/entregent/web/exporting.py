"""The list of those who come as a file for who organises."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entregent.exchange import sheets
from entregent.meetups import actions
from entregent.web import evenings, export_log, labels
from entregent.web.methods import require_post, signed_in
from entregent.web.middleware import Request


@require_post
@signed_in
def evening_export(request: Request, code: str) -> HttpResponse:
    """Those who come, as the organiser's page names them at this moment, for a spreadsheet."""
    seats = evenings.lines(request.viewer, actions.export(request.viewer, code=code, fields=export_log.FIELDS))
    rows = [(_("Name"), _("Remark")), *((seat["name"], _remark(seat)) for seat in seats)]
    # Where a comma stands before the cents, spreadsheets part columns by semicolons.
    delimiter = ";" if labels.language() == "fr" else ","
    response = HttpResponse(sheets.table(rows, delimiter=delimiter), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="entregent-{code.lower()}.csv"'
    return response


def _remark(seat: dict[str, Any]) -> str:
    if seat["alias"]:
        return _("borrowed name")
    return _("without account") if seat["guest"] else ""
