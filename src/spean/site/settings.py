"""One settings module for every installation; what differs comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from spean import vault
from spean.kernel import clock
from spean.site import environment as env

PACKAGE = Path(__file__).parents[1]
HOME = env.home()

vault.locate(home=HOME, keys=env.keys())
SECRET_KEY = vault.django_secret()

TIME_ZONE = env.text("SPEAN_TIME_ZONE", "Asia/Phnom_Penh")
clock.set_zone(TIME_ZONE)
USE_TZ = True

# --- hosts and transport ---
PORTAL_HOST = env.text("SPEAN_PORTAL_HOST")
DESK_HOST = env.text("SPEAN_DESK_HOST")
_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [
    *env.names("SPEAN_ALLOWED_HOSTS"),
    *(h for h in (PORTAL_HOST, DESK_HOST) if h),
    *_LOOPBACK,
]
HTTPS = env.flag("SPEAN_HTTPS", default=True)
BEHIND_PROXY = env.flag("SPEAN_BEHIND_PROXY", default=False)
# Addresses of proxies whose X-Forwarded-For counts; by default one on this machine.
TRUSTED_PROXIES = env.names("SPEAN_TRUSTED_PROXIES") or ["127.0.0.1", "::1"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A watched phone keeps nothing: the names say nothing and the session ends with the browser.
SESSION_COOKIE_NAME = "__Host-s" if HTTPS else "s"
CSRF_COOKIE_NAME = "__Host-c" if HTTPS else "c"
LANGUAGE_COOKIE_NAME = "l"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "spean.shell.web.pages.csrf_failure"
EXIT_URL = env.text("SPEAN_EXIT_URL", "https://www.bbc.com/weather")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["spean.shell.web.uploads.NoFiles"]

# --- rooms ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "spean.vault",
    "spean.shell",
    "spean.journal",
    "spean.agencies",
    "spean.places",
    "spean.ledger",
    "spean.people",
    "spean.cases",
    "spean.intake",
    "spean.referrals",
    "spean.returns",
    "spean.care",
    "spean.statistics",
    "spean.site",
]
MIDDLEWARE = [
    "spean.site.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Outside WhiteNoise, so that stylesheets and scripts are compressed too.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "spean.shell.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spean.shell.middleware.HeadersMiddleware",
    "spean.agencies.web.middleware.ActorMiddleware",
    "spean.shell.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "spean.site.urls"
WSGI_APPLICATION = "spean.site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / room / "web" / "templates"
            for room in (
                "shell",
                "journal",
                "agencies",
                "people",
                "cases",
                "intake",
                "referrals",
                "returns",
                "care",
                "statistics",
            )
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "spean.shell.web.context.page",
            ],
            "builtins": ["spean.shell.templatetags.words", "django.templatetags.i18n"],
        },
    }
]

# --- data ---
DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL", default=f"sqlite:///{HOME / 'spean.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Acknowledged is durable: FULL. IMMEDIATE: writers queue instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
        ),
    }
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = HOME / "files"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- languages ---
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("km", "ខ្មែរ"),
    ("en", "English"),
    ("zh-hans", "中文"),
    ("vi", "Tiếng Việt"),
    ("th", "ไทย"),
]
DESK_LANGUAGES = ("km", "en")
LOCALE_PATHS = [PACKAGE / "site" / "locale"]

# --- signing in ---
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["spean.agencies.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/sign-in/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "spean.agencies.web.adapters.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "spean.agencies.web.forms.SignInForm"}
# Behind the lockout by name and address (below): what one address, or one account's second
# factor, may try.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,10/300s/key"}
MFA_FORMS = {"authenticate": "spean.agencies.web.forms.CodeForm"}
MFA_ADAPTER = "spean.agencies.web.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Spean"
MFA_TOTP_TOLERANCE = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "agencies/locked.html"
AXES_USERNAME_CALLABLE = "spean.shell.web.address.name_signing_in"
AXES_CLIENT_IP_CALLABLE = "spean.shell.web.address.client_address"
AXES_DISABLE_ACCESS_LOG = True  # the journal holds who signed in; no addresses are kept
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- mail: a file outbox until an installation names a server ---
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "outbox"

# --- static files ---
STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: the files are served from where they are installed
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- log: JSON on stderr, no address, no name, no free text ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "spean.site.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("SPEAN_LOG", "WARNING").upper()},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Its message is whatever a stranger wrote as the name of the host.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
