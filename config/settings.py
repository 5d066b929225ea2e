"""Every setting of Broadsheet. Each comes from the environment; docs/operating.md lists them."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from config import bells, queues, sentry
from config.environment import (
    env,
    gist_model,
    hub,
    inbound_mail,
    mailbox_passwords,
    metrics_token,
    number,
    places,
    read_addresses,
    replicas,
    secret_key,
    security_contact,
    switch,
    timezone,
    url,
)
from config.mail import (
    address,
    addresses,
    bounce_mailbox,
    connection,
    dkim_key,
    mail_events,
    one_of,
    place,
    together,
)

# Lets classes of Django be written with the types they hold, as `ModelAdmin[Paper]`.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

# --- The site -------------------------------------------------------------------------------------
DEBUG = switch("DEBUG", False)
EMBEDDED = switch("BROADSHEET_EMBEDDED", False)
DATA_DIR = Path(env.str("BROADSHEET_DATA", default=str(BASE_DIR / ".data"))).resolve()
SECRET_KEY = secret_key()
SITE_NAME = env.str("SITE_NAME", default="Broadsheet")
SITE_URL = url("SITE_URL", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SECURE = SITE_URL.startswith("https://")
LOAD_SAMPLE = switch("BROADSHEET_SAMPLE", True)
BYLINE = env.str("BYLINE", default="the editors")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, "127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEFAULT_SUBSCRIPTION_ZONE = timezone("DEFAULT_SUBSCRIPTION_ZONE", "UTC")
DEFAULT_SUBSCRIPTION_HOUR = number("DEFAULT_SUBSCRIPTION_HOUR", 8, 0, 23)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # each by its own name
# With this prefix browsers take a cookie from this very host alone, and by TLS.
COOKIE_PREFIX = "__Host-" if SECURE else ""
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
MESSAGE_STORAGE = "config.message_cookie.Messages"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"

INSTALLED_APPS = [
    "allauth.mfa",  # before accounts, whose admin shows less of it
    "accounts",
    "feeds",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.request_ids.RequestIds",
    "config.counted_requests.CountedRequests",
    "config.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "config.reads_replicas.ReadsReplicas",
    "feeds.web.kept.KeptAnswers",
    "config.postgres.patience.Patience",
    "config.compressed.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.own_writes.OwnWrites",
    "config.languages.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "config.forgery.ForgeryCheck",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.web.second_factor.SecondFactor",
    "feeds.web.installing.KeepOffline",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "feeds.web.context.site",
            ],
        },
    },
]

# --- PostgreSQL and Redis -------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(url("DATABASE_URL", "", ("postgres", "postgresql")))}
DATABASES["default"]["ENGINE"] = "config.postgres"
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# How long a question waits for a database that is away; config/wsgi.py has less time.
DATABASE_WAIT_MS = number("DATABASE_WAIT_MS", 10_000, 100, 600_000)
# One pool a process; connections come back checked, so a restarted server costs no request.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": number("DATABASE_POOL", 10, 1, 100),
    "timeout": DATABASE_WAIT_MS / 1000,
}
# Pages for everybody are read from these; one that is further behind, or gives no answer, is not.
READ_DATABASE_URLS = read_addresses()
READ_LAG_SECONDS = number("READ_LAG_SECONDS", 5, 0, 3600)
if READ_DATABASE_URLS:
    DATABASES |= replicas(READ_DATABASE_URLS, DATABASES["default"]["OPTIONS"]["pool"]["max_size"])
    DATABASE_ROUTERS = ["config.read_routing.Router"]
REDIS_URL = url("REDIS_URL", "", ("redis", "rediss", "unix"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "broadsheet",
    }
}
SESSION_ENGINE = "accounts.sessions"
# Answers for everybody that a process keeps, while the database stays as it is; and how long it
# takes it to be so before it asks.
KEPT_ANSWERS_MB = number("KEPT_ANSWERS_MB", 32, 0, 4096)
SAME_FOR_MS = number("SAME_FOR_MS", 500, 0, 10_000)
# Pages of lists that it keeps as they were set, with gaps for what is each reader's own.
STANDING_PAGES_MB = number("STANDING_PAGES_MB", 32, 0, 4096)
KNOWN_PAPERS = number("KNOWN_PAPERS", 2_000, 0, 1_000_000)

# --- Fetching -------------------------------------------------------------------------------------
# "host:port" of private places that may be asked for digests, like another Broadsheet at home.
FETCH_ALLOWED = places("FETCH_ALLOWED")
# Where a topic is that is given by its name alone, and "host:port" of servers that readers may name
# though they have no https or another port (a private one has to be in FETCH_ALLOWED too).
NTFY_SERVER = url("NTFY_SERVER", "https://ntfy.sh", ("http", "https")).rstrip("/")
NTFY_ALLOWED = places("NTFY_ALLOWED")
# Places that webhooks may be sent to though they have no https or another port (a private one has
# to be in FETCH_ALLOWED too).
WEBHOOKS_ALLOWED = places("WEBHOOKS_ALLOWED")
# Where a paper that a reader submits is looked up.
ARXIV_API = url("ARXIV_API", "https://export.arxiv.org/api/query", ("http", "https"))
CROSSREF_API = url("CROSSREF_API", "https://api.crossref.org/works", ("http", "https")).rstrip("/")
# Passwords of mailboxes that are read. Sources name them by these names, and by no others: a
# name that somebody types into a form must not send SECRET_KEY to a server of their choice.
MAILBOX_PASSWORDS = mailbox_passwords()

# --- Gists that a model proposes -----------------------------------------------------------------
# None is asked unless an endpoint is named: it is sent titles and abstracts.
GIST_ENDPOINT, GIST_KEY, GIST_MODEL = gist_model()
# The hub (WebSub) that is told of editions; "" for none.
WEBSUB_HUB = hub()

# --- What papers mean, as vectors -----------------------------------------------------------------
EMBEDDER = one_of("EMBEDDER", "minilm", "off")
# Seconds after the last question until a process gives the model's memory back; 0: never.
EMBEDDER_IDLE = number("EMBEDDER_IDLE", 600, 0, 86_400)
# What looks once more at the first answers to a question: one of the files there, by its name.
_RERANKERS = (BASE_DIR / "feeds" / "rerankers").glob("[a-z]*.py")
RERANKER = one_of("RERANKER", "off", *(path.stem for path in _RERANKERS if path.stem != "base"))
# Of how many days the papers are that "For you" orders and learns against.
FOR_YOU_DAYS = number("FOR_YOU_DAYS", 30, 1, 3650)

# --- The curators' desk ---------------------------------------------------------------------------
UPLOAD_LARGEST = number("UPLOAD_LARGEST_MB", 100, 1, 1024) * 1024 * 1024  # bytes, unpacked

# --- Mail that a mail service hands over ----------------------------------------------------------
# There is no address for it unless a service is named.
INBOUND_MAIL, _INBOUND = inbound_mail()
# And one that tells what became of mail that was sent, by the same rule.
MAIL_EVENTS, _EVENTS = mail_events()
ANYMAIL = together(_INBOUND, _EVENTS)

# --- Celery: a message is a doorbell, the row in PostgreSQL is the truth --------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 10,
    "global_keyprefix": "broadsheet:",
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_QUEUES = queues.QUEUES
CELERY_TASK_ROUTES = queues.ROUTES
CELERY_BEAT_SCHEDULE = bells.SCHEDULE
CELERY_BEAT_SCHEDULER = "config.beats:Steady"

# --- Mail -----------------------------------------------------------------------------------------
OUTBOX = DATA_DIR / "outbox"
EMAIL_TIMEOUT = 20  # seconds for each step; STALE (accounts/models/delivery.py) stands on it
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "smtps")
if EMBEDDED and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "accounts.outbox.EmailBackend"
    SHOW_OUTBOX = True
else:
    vars().update(env.email_url_config(url("EMAIL_URL", "smtp://localhost:25", MAIL_SCHEMES)))
    EMAIL_BACKEND = "accounts.smtp.EmailBackend"
    SHOW_OUTBOX = False
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="") or f"{SITE_NAME} <broadsheet@{SITE_HOST}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
# Where mail that fails comes back to, and where it is read; without them only what the mail server
# says at once is known.
BOUNCE_ADDRESS = address("BOUNCE_ADDRESS")
BOUNCE_MAILBOX = bounce_mailbox()
MAIL_PER_MINUTE = number("MAIL_PER_MINUTE", 0, 0, 100_000)  # 0: as fast as it goes
MAIL_PER_DOMAIN = number("MAIL_PER_DOMAIN", 0, 0, 100_000)
MAIL_TEST_ADDRESS = address("MAIL_TEST_ADDRESS")  # all mail goes there, and nowhere else
# What becomes of a mail whose sender died: it may have gone out, or not.
MAIL_STALE = one_of("MAIL_STALE", "resend", "park")
MAIL_ADMINS = addresses("MAIL_ADMINS")
ADMIN_MAIL = {}
if env.str("ADMIN_EMAIL_URL", default=""):
    ADMIN_MAIL = connection(env.email_url_config(url("ADMIN_EMAIL_URL", "", MAIL_SCHEMES)))
DKIM_DOMAIN = env.str("DKIM_DOMAIN", default="").strip().lower()
DKIM_SELECTOR = env.str("DKIM_SELECTOR", default="").strip()
DKIM_KEY = dkim_key()
DNS_SERVER = place("DNS_SERVER")  # whom `manage.py doctor` asks; the system's, if it is not set

# --- Signing in: a code by mail, no password ------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
# What signing in and up is asked is answered at multiples of so many milliseconds.
ANSWER_STEP_MS = number("ANSWER_STEP_MS", 500, 0, 10_000)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # of who has a second factor: there are no passwords
# Whether the admin, and what is for admins alone, stands behind a second factor.
SECOND_FACTOR = switch("SECOND_FACTOR", not (DEBUG or EMBEDDED))
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.factor_adapter.AuthenticateForm",
    "reauthenticate": "accounts.factor_adapter.ReauthenticateForm",
}
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are a little off

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT: Path | None = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = EMBEDDED or DEBUG
if WHITENOISE_USE_FINDERS:
    STATIC_ROOT = None  # they are served from where they lie
else:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    # Source maps are large, take two thirds of the time of a build, and nobody reads them.
    WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

# --- Security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# ForgeryCheck is Django's own middleware, which `check --deploy` looks for by its name.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SECURITY_CONTACT = security_contact()  # there is no security.txt without one
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|metrics)$"]  # these are asked from within
if switch("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits count by the address that the proxy saw.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"

# --- The API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.key_authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "feeds.api.problems.answer_problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": "Curated, trending research papers: one query, every output. Agents ask by MCP, "
    "at /mcp; /llms.txt tells them what is here.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_NAME_OVERRIDES": {
        "TagKind": "feeds.records.TAG_KINDS",
        "Period": "feeds.query.PERIODS",
        "DeliveryState": "accounts.api.subscription_shapes.STATES",
        "WebhookEventState": "accounts.api.webhook_shapes.STATES",
    },
}

# --- Numbers for a monitor, at /metrics -----------------------------------------------------------
METRICS_TOKEN = metrics_token()  # there is no such page without one

# --- Logging: one line an event, to standard error ------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(
        f"LOG_LEVEL is {LOG_LEVEL!r}; it takes DEBUG, INFO, WARNING or ERROR."
    )
LOG_FORMAT = one_of("LOG_FORMAT", "line", "json")
SENTRY_DSN = ""
if env.str("SENTRY_DSN", default=""):
    SENTRY_DSN = url("SENTRY_DSN", "", ("http", "https"))
    sentry.start(SENTRY_DSN)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}{request_id} {message}", "style": "{"},
        "json": {"()": "config.logs.AsJson"},
    },
    "filters": {
        "request": {"()": "config.request_ids.InLog"},
        "keys": {"()": "accounts.redacting.KeysLeftOut"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request", "keys"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
