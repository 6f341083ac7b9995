"""How gunicorn serves coolpapers. `manage.py up` and the container both use it."""

import threading

from django.conf import settings

bind = [f"[{settings.HOST}]:{settings.PORT}" if ":" in settings.HOST else f"{settings.HOST}:{settings.PORT}"]
worker_class = "gthread"
workers = 2
threads = 4
# The encoder's threads do not survive a fork, so nothing is loaded before it.
preload_app = False
timeout = 60
graceful_timeout = 3
keepalive = 5
# A worker is renewed now and then, so that a slow leak stays small; not both at once.
max_requests = 5000
max_requests_jitter = 1000
# Addresses name up to a thousand papers; more than gunicorn can take goes by POST, see papers.views.export.
limit_request_line = 8190
accesslog = "-"
errorlog = "-"
loglevel = settings.LOG_LEVEL.lower()
# Only these are believed when they say whether somebody asks by HTTPS; who asks is read by papers.readers.
forwarded_allow_ips = ",".join(settings.PROXIES)
# Its socket lies in the home folder and is shared by all gunicorns of an account.
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """Loads the encoder beside the first requests: who searches meanwhile is served with words."""
    threading.Thread(target=_warm_up, name="warm up", daemon=True).start()


def _warm_up() -> None:
    from django.db import connection

    from coolpapers import garbage
    from search import stages

    try:
        stages.warm_up()
    finally:
        connection.close()
        garbage.set_apart()
