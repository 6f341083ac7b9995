"""How sources fare: what /status and the operator see."""

from datetime import date
from typing import Any

from django.db.models import Q

from ingest import clock
from ingest.models import Alarm, Source


def succeeded(name: str, harvested_until: date | None = None) -> None:
    """A source answered as it should. Its datestamps are here up to `harvested_until`, if that is told."""
    now = clock.now()
    Source.objects.update_or_create(name=name, defaults={"last_asked": now, "last_success": now, "error": ""})
    if harvested_until:
        later = Q(harvested_until=None) | Q(harvested_until__lt=harvested_until)
        Source.objects.filter(later, name=name).update(harvested_until=harvested_until)


def failed(name: str, reason: str) -> None:
    now = clock.now()
    told = {"last_asked": now, "last_failure": now, "error": reason[:500].replace("\x00", "\ufffd")}
    Source.objects.update_or_create(name=name, defaults=told)


def harvested_until(name: str) -> date | None:
    """Up to which day all datestamps are here, None where nothing was harvested by datestamp."""
    return Source.objects.filter(name=name).values_list("harvested_until", flat=True).first()


def is_enabled(name: str) -> bool:
    return not Source.objects.filter(name=name, enabled=False).exists()


def raise_alarm(subject: str, text: str) -> None:
    """Once for each subject, until it is cleared; a new text takes the place of the old one."""
    rows = Alarm.objects.filter(subject=subject, cleared=None)
    if not rows.exists():
        Alarm.objects.bulk_create([Alarm(subject=subject, text=text)], ignore_conflicts=True)
    elif rows.exclude(text=text).exists():
        rows.update(text=text)


def clear_alarms(**conditions: Any) -> int:
    """Clears open alarms, for example subject="..." or subject__startswith="..."."""
    return int(Alarm.objects.filter(cleared=None, **conditions).update(cleared=clock.now()))
