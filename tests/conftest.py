"""The servers of the tests: their own, in a temporary folder, shared by all workers of xdist."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings

from coolpapers.services import usage

# How long an example may take is no matter of right and wrong: other work on the machine makes any of them slow.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: else one worker is busy at the end and the others idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """PostgreSQL and Valkey. Whoever comes first starts them, the last worker stops them."""
    wanted = usage.servers(
        settings.LAYOUT, postgres=settings.EMBEDDED_POSTGRES, valkey=settings.EMBEDDED_VALKEY, durable=False
    )
    with usage.using(settings.LAYOUT, wanted, lambda line: None):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django's hook before it makes the test database: that needs a server."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests measured, also those of xdist's workers, whose own output is not seen."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "figures" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {text}")
