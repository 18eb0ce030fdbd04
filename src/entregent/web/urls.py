"""Every address of the pages."""

from django.urls import URLPattern, URLResolver, path

from entregent.web import accounts, communities, home, me

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("ce-soir/", home.tonight, name="tonight"),
    path("serveur/", home.server, name="server"),
    path("langue/", home.set_language, name="set_language"),
    path("demonstration/", home.demo_sign_in, name="demo_sign_in"),
    path("entrer/", accounts.sign_in, name="sign_in"),
    path("entrer/code/", accounts.Code.as_view(), name="code"),
    path("sortir/", accounts.sign_out, name="sign_out"),
    path("r/<str:key>/compte/", accounts.answer_account, name="answer_account"),
    path("communautes/nouvelle/", communities.community_new, name="community_new"),
    path("c/<slug:slug>/", communities.community, name="community"),
    path("c/<slug:slug>/modifier/", communities.community_edit, name="community_edit"),
    path("c/<slug:slug>/affiche/", communities.community_poster, name="community_poster"),
    path("c/<slug:slug>/invitation/", communities.community_invite, name="community_invite"),
    path("c/<slug:slug>/partir/", communities.community_leave, name="community_leave"),
    path("c/<slug:slug>/retirer/<uuid:uid>/", communities.community_remove, name="community_remove"),
    path("c/<slug:slug>/nommer/<uuid:uid>/", communities.community_appoint, name="community_appoint"),
    path("demandes/<uuid:uid>/oui/", communities.entry_accept, name="entry_accept"),
    path("demandes/<uuid:uid>/non/", communities.entry_decline, name="entry_decline"),
    path("rejoindre/<str:key>/", communities.join, name="join"),
    path("moi/", me.me, name="me"),
    path("moi/nom/", me.me_words, name="me_words"),
    path("moi/travail/", me.me_work, name="me_work"),
    path("moi/travail/<uuid:uid>/fini/", me.me_work_end, name="me_work_end"),
    path("moi/travail/<uuid:uid>/retirer/", me.me_work_withdraw, name="me_work_withdraw"),
    path("moi/bouclier/", me.me_shield, name="me_shield"),
    path("moi/besoins/", me.me_need, name="me_need"),
    path("moi/besoins/<uuid:uid>/retirer/", me.need_withdraw, name="need_withdraw"),
    path("moi/effacer/", me.me_erase, name="me_erase"),
    # The names by which allauth finds its way back.
    path("entrer/", accounts.sign_in, name="account_login"),
    path("entrer/", accounts.sign_in, name="account_request_login_code"),
    path("entrer/code/", accounts.Code.as_view(), name="account_confirm_login_code"),
]
