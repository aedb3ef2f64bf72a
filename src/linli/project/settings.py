"""One settings file; values come from the environment and the data folder."""

import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from linli.project import env
from linli.project.sqlite import use_bundled_sqlite

use_bundled_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
LINLI_DEMO = env.flag("LINLI_DEMO")
LINLI_DATA = env.folder("LINLI_DATA", "demo-data" if LINLI_DEMO else "data")
LINLI_KEYS = env.folder("LINLI_KEYS", str(LINLI_DATA / "keys"))
LINLI_ADDRESS = env.text("LINLI_ADDRESS", "").rstrip("/")
PROXIES = int(env.text("LINLI_PROXIES", "0"))
REQUESTS_AN_ACCOUNT = env.number("LINLI_LIMIT_ACCOUNT", 200)  # a minute; see linli.web.limits
REQUESTS_AN_ADDRESS = env.number("LINLI_LIMIT_ADDRESS", 100)
SPEECH_URL = env.text("LINLI_SPEECH_URL")  # a machine that writes recordings down; none unless set
SPEECH_NAME, SPEECH_KEY = env.text("LINLI_SPEECH_NAME"), env.text("LINLI_SPEECH_KEY")
SPEECH_MODEL = env.text("LINLI_SPEECH_MODEL", "whisper-1")
SPEECH_INSIDE = env.flag("LINLI_SPEECH_INSIDE")  # it stands in the district's own network
SPEECH_SECONDS = env.number("LINLI_SPEECH_SECONDS", 60)
HTTPS = LINLI_ADDRESS.startswith("https://")


def _secret_key() -> str:
    """The signing key, made once and kept beside the encryption keys, outside the database."""
    path = LINLI_KEYS / "secret_key"
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        except OSError as problem:
            env.stop(
                f"The folder {path.parent} cannot be written ({problem.strerror}). Set LINLI_DATA to one that can."
                f" / 文件夹 {path.parent} 写不进去，请用 LINLI_DATA 换一个。"
            )
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the host check is the proxy's; links are built from LINLI_ADDRESS alone
ROOT_URLCONF = "linli.project.urls"
WSGI_APPLICATION = "linli.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["linli.kernel.people.backend.AccountBackend"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "lucide",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "linli.project.apps.Project",
    "linli.kernel.clock.apps.Clock",
    "linli.kernel.journal.apps.Journal",
    "linli.kernel.files.apps.Files",
    "linli.kernel.places.apps.Places",
    "linli.kernel.people.apps.People",
    "linli.kernel.cases.apps.Cases",
    "linli.kernel.inbox.apps.Inbox",
    "linli.kernel.search.apps.Search",
    "linli.web.apps.Web",
    "linli.modules.appeals.apps.Appeals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "linli.web.limits.VisitorLimit",
    "linli.web.visitors.VisitorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.web.middleware.ReaderMiddleware",
    "linli.web.limits.ReaderLimit",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "linli.web.context.shell",
            ],
            "libraries": {"lucide": "linli.web.templatetags.icons"},
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), LINLI_DATA)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = LINLI_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "linli.web.static_files.LinliStaticFiles"},
}
WHITENOISE_MANIFEST_STRICT = False
MEDIA_ROOT = LINLI_DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

SESSION_ENGINE = "linli.web.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30  # residents; staff are held to linli.web.staff_session
LOGIN_URL = "web:sign_in"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_TRUSTED_ORIGINS = [LINLI_ADDRESS] if LINLI_ADDRESS else []
CSRF_FAILURE_VIEW = "linli.web.errors.stale_form"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

CACHES = {  # of each worker, so that one computer needs no other process; both are bounded
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "parts"},
    "visitors": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "visitors", "OPTIONS": {"MAX_ENTRIES": 200},
    },
}  # fmt: skip
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "templates.W003"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "apscheduler": {"level": "ERROR"}
    },  # a job that still runs when its next turn comes is no news
}
