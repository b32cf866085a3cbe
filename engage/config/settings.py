"""Every setting, read top to bottom. Values come from the environment through `engage.config.environment`.

One process serves one area: ENGAGE_AREA names its folder, and everything of the area's is in that folder or in the
database that DATABASE_URL names.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from engage.config import environment


BASE = Path(__file__).resolve().parent.parent

# --- the area ---------------------------------------------------------------------------------------------------
ENGAGE_AREA = environment.text("ENGAGE_AREA")
ENGAGE_DEMO = environment.truth("ENGAGE_DEMO")
ENGAGE_DEMO_PASSWORD = "made-up-town-2026"  # noqa: S105  printed on the demo's own sign-in page
DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL"), str(Path(ENGAGE_AREA or "/nonexistent") / "decided.sqlite3")
    )
}
# What is counted by address (tries at signing in, pages of partners) is counted once for all processes of the server, and not once in each.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "governance_counted",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_key_file = Path(ENGAGE_AREA or "/nonexistent") / "secret.key"
SECRET_KEY = (
    _key_file.read_text(encoding="utf-8").strip()
    if _key_file.is_file()
    else environment.text("ENGAGE_SECRET_KEY", "not-for-serving")
)

# --- where it is served -------------------------------------------------------------------------------------------
DEBUG = False
ALLOWED_HOSTS = environment.text("ENGAGE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
URL_PREFIX = (
    "/" + environment.text("ENGAGE_URL_PREFIX").strip("/") if environment.text("ENGAGE_URL_PREFIX") else ""
)
FORCE_SCRIPT_NAME = URL_PREFIX or None
STATIC_URL = f"{URL_PREFIX}/static/"
CSRF_TRUSTED_ORIGINS = [o for o in environment.text("ENGAGE_ORIGINS").split(",") if o]
# Behind TLS everywhere but on one's own machine; `engage serve` on localhost says so by ENGAGE_INSECURE_LOCALHOST.
_insecure = environment.truth("ENGAGE_INSECURE_LOCALHOST")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not _insecure
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if _insecure else 31536000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _insecure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = URL_PREFIX + "/"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# --- what runs ------------------------------------------------------------------------------------------------------
ROOT_URLCONF = "engage.config.urls"
WSGI_APPLICATION = "engage.config.wsgi.application"
INSTALLED_APPS = [
    "engage.governance",
    "engage.records",
    "engage.identities",
    "engage.picture",
    "engage.networks",
    "engage.casework.tasks",
    "engage.casework.cases",
    "engage.casework.files",
    "engage.casework.meetings",
    "engage.casework.rounds",
    "engage.casework.minutes",
    "engage.casework.week",
    "engage.casework.referrals",
    "engage.casework.peers",
    "engage.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "engage.web.access.requests.request_id",
    "engage.web.access.requests.keep_no_copy",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "engage.web.access.requests.second_factor",
    "engage.web.access.requests.Sentences",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "engage.web.access.frame.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- the content-security policy: nothing from anywhere else, scripts only by nonce --------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_ROOT = environment.text("ENGAGE_STATIC_ROOT", str(BASE.parent / "staticfiles"))
STATICFILES_DIRS = [BASE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": environment.text("ENGAGE_STATIC_STORAGE", "engage.config.static.HashedFiles")},
}

# --- sign-in: invitations only ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "governance.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ENGAGE_REQUIRE_MFA = environment.truth("ENGAGE_REQUIRE_MFA", default=not ENGAGE_DEMO)
ACCOUNT_ADAPTER = "engage.web.access.adapter.InvitationsOnly"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole_number("ENGAGE_PROXIES", 0)
MFA_TOTP_ISSUER = "Engage"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _insecure
EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend"
    if ENGAGE_DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
# The digest leaves through this server: numbers and the site's address, and nothing else.
EMAIL_USE_TLS = environment.truth("ENGAGE_EMAIL_TLS")
EMAIL_USE_SSL = environment.truth("ENGAGE_EMAIL_SSL")
EMAIL_PORT = environment.whole_number("ENGAGE_EMAIL_PORT", 465 if EMAIL_USE_SSL else 25)
EMAIL_HOST = environment.text("ENGAGE_EMAIL_HOST", "localhost")
EMAIL_HOST_USER = environment.text("ENGAGE_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("ENGAGE_EMAIL_PASSWORD")
environment.check_mail(
    has_sign_in=bool(EMAIL_HOST_USER or EMAIL_HOST_PASSWORD), starts_tls=EMAIL_USE_TLS, is_tls=EMAIL_USE_SSL
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("ENGAGE_EMAIL_FROM", "engage@localhost")
ENGAGE_ADDRESS = environment.text("ENGAGE_ADDRESS")

# --- words and time -----------------------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = environment.text("ENGAGE_LANGUAGE", "en-gb")
LOCALE_PATHS = [BASE / "locale"]
# A language is offered once its catalogue is compiled; half a translation (Django's own words only) is worse than none.
LANGUAGES = [
    (code, title)
    for code, title in (("en-gb", "English"), ("cy", "Cymraeg"), ("en-xa", "Pseudo"))
    if code == "en-gb" or (BASE / "locale" / code.replace("-", "_") / "LC_MESSAGES" / "django.mo").is_file()
]
