"""Settings. Every variable is listed in README.md; the embedded servers are the default."""

from coolpapers import environment as env
from coolpapers import source_urls
from coolpapers.services.layout import Layout

VERSION = "0.1.0"
BASE_DIR = env.CHECKOUT
DATA_DIR = env.folder("COOLPAPERS_DATA_DIR", BASE_DIR / "data")
LAYOUT = Layout(DATA_DIR)

DEBUG = env.switch("COOLPAPERS_DEBUG", False)
HOST = env.text("COOLPAPERS_HOST", "127.0.0.1")
PORT = env.whole_number("COOLPAPERS_PORT", 8000, 1, 65535)
PUBLIC_URL = env.text("COOLPAPERS_PUBLIC_URL", f"http://{HOST}:{PORT}").rstrip("/")
SECRET_KEY = env.text("COOLPAPERS_SECRET_KEY") or LAYOUT.secret("django")
ALLOWED_HOSTS = env.words("COOLPAPERS_ALLOWED_HOSTS", ",".join(env.own_hosts(HOST, PUBLIC_URL)))

DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL")
EMBEDDED_POSTGRES = not DATABASE_URL
EMBEDDED_VALKEY = not REDIS_URL
_database = env.database_address(DATABASE_URL) if DATABASE_URL else LAYOUT.database()
_redis = env.redis_address(REDIS_URL or f"unix://{LAYOUT.valkey_socket}?db=0")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "papers",
    "ingest",
    "search",
    "library",
    "coolpapers",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coolpapers.languages.ReaderLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "coolpapers.urls"
WSGI_APPLICATION = "coolpapers.wsgi.application"
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
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _database.host,
        "PORT": _database.port,
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A generic plan ignores how selective a filter is, so nothing is prepared on the server.
            "prepare_threshold": None,
            "pool": {"min_size": 0, "max_size": 8, "timeout": 10},
            "connect_timeout": 5,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _redis.cache}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = _redis.broker

LANGUAGE_CODE = "en"
# Django takes zh, zh-CN and zh-Hans-CN for zh-hans.
LANGUAGES = [("en", "English"), ("zh-hans", "Simplified Chinese")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "coolpapers.formats"
# Set by the reader's click on another language, and by nothing else.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "coolpapers.math_font.MathFontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coolpapers.static_storage.StaticStorage"},
}

# HTTPS is the operator's reverse proxy's; behind one the cookies and the redirect are made strict.
BEHIND_HTTPS = PUBLIC_URL.startswith("https://")
PROXIES = env.networks("COOLPAPERS_PROXIES", "127.0.0.1,::1")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # supervisors ask without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SESSION_COOKIE_SECURE = BEHIND_HTTPS
CSRF_COOKIE_SECURE = BEHIND_HTTPS
LANGUAGE_COOKIE_SECURE = BEHIND_HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if BEHIND_HTTPS else []
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Where PDFs open in place, see papers/static/papers/js/pdf.js.
OAI_JOURNALS = source_urls.oai_journals()
PDF_HOSTS = source_urls.pdf_hosts(OAI_JOURNALS)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": PDF_HOSTS,
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# The model that turns texts into vectors: a sentence-transformers name or folder. Empty means the packaged one.
ENCODER = env.text("COOLPAPERS_ENCODER")
ENCODER_THREADS = env.whole_number("COOLPAPERS_ENCODER_THREADS", 2, 1, 256)
# Harvesting: whom sources may ask, where they are, and which of arXiv's categories to follow (none: all).
CONTACT = env.contact("COOLPAPERS_CONTACT")
USER_AGENT = f"coolpapers/{VERSION} (+{PUBLIC_URL}; {CONTACT})"
SOURCE_URLS = source_urls.source_urls(OAI_JOURNALS)
ARXIV_CATEGORIES = env.categories("COOLPAPERS_ARXIV_CATEGORIES")
# Answers: an OpenAI-compatible endpoint. None: key sentences, chosen by the encoder.
ANSWERS_URL = env.endpoint("COOLPAPERS_ANSWERS_URL")
ANSWERS_KEY = env.secret("COOLPAPERS_ANSWERS_KEY")
ANSWERS_MODEL = env.needed_with("COOLPAPERS_ANSWERS_MODEL", "COOLPAPERS_ANSWERS_URL")
ANSWERS_CONTEXT = env.whole_number("COOLPAPERS_ANSWERS_CONTEXT", 32_000, 4_000, 10_000_000)
ANSWERS_DAILY_TOKENS = env.whole_number("COOLPAPERS_ANSWERS_DAILY_TOKENS", 5_000_000, 0, 10**12)
INDEX_DIR = DATA_DIR / "index"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # The pool warns at each attempt to connect again; who asked is told when it gives up.
    "loggers": {"psycopg.pool": {"level": "ERROR"}},
}
LOG_LEVEL = env.text("COOLPAPERS_LOG_LEVEL", "INFO").upper()
