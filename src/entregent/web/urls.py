"""Every address of the pages."""

from django.urls import URLPattern, URLResolver, path

from entregent.web import accounts, home

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
    # The names by which allauth finds its way back.
    path("entrer/", accounts.sign_in, name="account_login"),
    path("entrer/", accounts.sign_in, name="account_request_login_code"),
    path("entrer/code/", accounts.Code.as_view(), name="account_confirm_login_code"),
]
