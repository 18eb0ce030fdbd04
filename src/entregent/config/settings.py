"""Settings of the one Django project. Everything an operator may change is an environment variable."""

import contextlib
from pathlib import Path

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from entregent.common import chance
from entregent.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
#: The folder of all data: nobody else on this machine reads what people keep from each other.
HOME = env.folder("ENTREGENT_HOME", str(Path.home() / ".entregent"))


def _kept_secret() -> str:
    """The secret of this installation: drawn once, kept readable to its owner alone."""
    file = HOME / "secret"
    if not file.exists():
        draft = HOME / f"secret.{chance.code(12)}"
        draft.touch(mode=0o600)
        draft.write_text(chance.token(48))
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text()


PORT = env.port("ENTREGENT_PORT", 8000)
DEMONSTRATION = env.yes("ENTREGENT_DEMONSTRATION")
SECRET_KEY = env.text("ENTREGENT_SECRET_KEY") or _kept_secret()
DEBUG = env.yes("ENTREGENT_DEBUG")
HOSTS = env.words("ENTREGENT_HOSTS")
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
#: The address under which people reach this server; links in mails and on posters begin with it.
BASE_URL = env.text("ENTREGENT_URL", f"http://localhost:{PORT}").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "entregent.web",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "entregent.people",
    "entregent.changes",
    "entregent.circles",
    "entregent.discretion",
    "entregent.search",
    "entregent.notices",
    "entregent.communities",
    "entregent.market",
    "entregent.directory",
    "entregent.meetups",
    "entregent.profiles",
    "entregent.needs",
    "entregent.encounters",
    "entregent.writing",
    "entregent.cards",
    "entregent.ties",
    "entregent.recall",
    "entregent.exchange",
    "entregent.mail",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "entregent.web.middleware.discreet",  # around all that answers: redirects and refusals are nobody else's either
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "entregent.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "entregent.web.middleware.viewer",
    "entregent.web.middleware.refusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "entregent.web.urls"
WSGI_APPLICATION = "entregent.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "entregent.web.context.page",
            ],
            "builtins": ["entregent.web.templatetags.look"],
        },
    }
]

DATABASES = {"default": env.database("ENTREGENT_DATABASE_URL", HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "entregent.web.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
#: The code proves the address: there is nothing to verify afterwards.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
#: Codes asked for: from one network, and by one browser for one address; and messages with one that leave for an
#: address, whoever asks: beyond that none leaves, and nobody is told.
ACCOUNT_RATE_LIMITS = {"request_login_code": "30/m/ip,5/10m/key", "login_code_mail": "10/20m/key"}
#: Where they are counted. When it is full, the third that was not looked at for longest goes, and limits with it: with
#: the 300 entries that Django would keep, a few hundred requests of others lifted everybody's. One network writes some
#: 1200 in the twenty minutes that a limit lasts: to lift one takes more than fifty. Full, this weighs some 50 MB.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 180 * 24 * 3600
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
#: The most fields of a form: a tick for each of the ten thousand people of a notebook, and what is asked beside.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_100
TIME_ZONE = "UTC"
USE_TZ = True
#: The zone in which a new community's evenings take place until it says otherwise.
HOME_ZONE = env.text("ENTREGENT_ZONE", "Indian/Reunion")

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
GRAPH_ROOT = HOME / "graph"
#: What words mean in another language, where the operator had it learnt.
LEXICON = HOME / "lexicon.json"
#: Which towns a region holds, and how else they are called, where the operator says so.
PLACES = HOME / "places.json"

EMAIL_BACKEND = env.text("ENTREGENT_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("ENTREGENT_SMTP_HOST", "localhost")
EMAIL_PORT = env.port("ENTREGENT_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("ENTREGENT_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("ENTREGENT_SMTP_PASSWORD")
EMAIL_USE_TLS = env.yes("ENTREGENT_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("ENTREGENT_MAIL_FROM", "Entregent <entregent@localhost>")
#: Who runs this server, and for whom they work: said at sign-up.
OPERATOR = env.text("ENTREGENT_OPERATOR")
OPERATOR_EMPLOYER = env.text("ENTREGENT_OPERATOR_EMPLOYER")
OPERATOR_MAIL = env.text("ENTREGENT_OPERATOR_MAIL")
#: Where the source of this very version is offered, as the licence asks.
SOURCE_URL = env.text("ENTREGENT_SOURCE_URL")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "entregent.config.logs.NoSecrets"}},
    # A request that waits for its turn is no news: a line for each would cost more than the request.
    "loggers": {"waitress.queue": {"level": "ERROR"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["no_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
