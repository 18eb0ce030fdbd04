"""Every address that the templates name, so that they can be drawn before or without the views behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(_request: HttpRequest, **_kept: str) -> HttpResponse:
    """Answer with an empty page."""
    return HttpResponse()


PLAIN = (
    "home tonight book contact_new need me me_words me_work me_shield me_ask me_need me_erase server sign_in sign_out"
)
PLAIN += " me_portrait me_portrait_withdraw me_does me_seeks me_skills me_languages me_manner me_trust me_links"
PLAIN += " needs need_keep kept sector me_seen me_blocks demo_sign_in set_language community_new"
PLAIN += " contact_promises"
PLAIN += " contact_bring contact_label me_calendar me_calendar_close words words_take"
PLAIN += " me_cards card_new evening_find"
WITH_UID = "card_show card_note card_let_be card_take_up card_edit card_drop card_restore"
WITH_UID += " crossing_withdraw crossing_rejoin"
WITH_UID += " contact_reach contact_choose contact_columns contact_leave contact_brought contact_undo contact_mark"
WITH_UID += " contact_evenings"
WITH_UID += " contact_promise promise_done promise_later promise_drop promise_resume"
WITH_UID += " contact_unmark contact_unreach contact_write write"
WITH_UID += " word word_leave word_take_up word_take_back word_keep"
WITH_UID += " contact contact_edit contact_note contact_met contact_forget note_drop person person_keep ways"
WITH_UID += " picture picture_down picture_back picture_delete"
WITH_UID += " kept_look kept_end kept_resume kept_renew"
WITH_UID += " need_edit need_close need_renew need_withdraw me_work_end me_work_show me_work_withdraw"
WITH_UID += " person_portrait person_block person_unblock person_report"
WITH_UID += " report_withdraw report_see_to report_reopen report_remove"
WITH_UID += " sector_listing entry_accept entry_decline"
WITH_CODE = "evening evening_answer evening_give_back evening_edit evening_share evening_cancel evening_preview poster"
WITH_CODE += " evening_report evening_calendar evening_help_link evening_help_close evening_alone evening_stand_down"
WITH_CODE += " evening_release"
WITH_CODE += " room room_note room_seen ticket evening_export evening_dates series_end room_morning"
WITH_CODE += " evening_recall_link evening_recall_close evening_list door door_admit evening_pictures evening_pictured"
WITH_SLUG = "community community_poster community_edit community_invite community_leave evening_new"
WITH_SLUG += " request_withdraw community_calendar community_feed"
WITH_KEY = "join here answer answer_keep answer_take answer_give_back answer_account answer_ticket feed"
WITH_KEY += " card_shown card_file card_show_on card_hide card_exchange card_take card_leave"

urlpatterns = [path(f"{name}/", nothing, name=name) for name in PLAIN.split()]
for names, kept in (
    (WITH_UID, "uuid:uid"),
    (WITH_CODE, "slug:code"),
    (WITH_SLUG, "slug:slug"),
    (WITH_KEY, "slug:key"),
):
    urlpatterns += [path(f"{name}/<{kept}>/", nothing, name=name) for name in names.split()]
urlpatterns += [
    path(f"{name}/<slug:slug>/<uuid:uid>/", nothing, name=name) for name in ("community_appoint", "community_remove")
]
urlpatterns += [path("evening_thank/<slug:code>/<uuid:uid>/", nothing, name="evening_thank")]
urlpatterns += [path("evening_take_off/<slug:code>/<slug:slug>/", nothing, name="evening_take_off")]
urlpatterns += [path("evening_help/<slug:code>/<slug:together>/", nothing, name="evening_help")]
urlpatterns += [path("evening_recalled/<slug:code>/<slug:recalled>/", nothing, name="evening_recalled")]
urlpatterns += [path("door_undo/<slug:code>/<uuid:uid>/", nothing, name="door_undo")]
