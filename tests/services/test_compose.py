"""The container set-up cannot run without a container engine; what can be read from it is checked here."""

import re
from typing import Any

import pytest
import yaml

from coolpapers.environment import CHECKOUT
from coolpapers.services.layout import Layout
from coolpapers.services.roles import roles
from tests.services.sandbox import Sandbox


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
    return loaded


def test_every_role_of_up_has_a_service(services: dict[str, dict[str, Any]], sandbox: Sandbox) -> None:
    names = {role.name for role in roles(Layout(sandbox.data_dir), "INFO", harvest=True, answers=True)}
    assert names <= set(services)
    assert set(services) - names == {"postgres", "valkey", "prepare"}


def test_workers_serve_the_queues_of_up(services: dict[str, dict[str, Any]], sandbox: Sandbox) -> None:
    for role in roles(Layout(sandbox.data_dir), "INFO", harvest=True, answers=True):
        if "-Q" in role.command:
            command = services[role.name]["command"]
            assert command[command.index("-Q") + 1] == role.command[role.command.index("-Q") + 1]


def test_servers_are_healthy_before_anything_uses_them(services: dict[str, dict[str, Any]]) -> None:
    assert all("healthcheck" in services[name] for name in ("postgres", "valkey", "web"))
    waits = services["prepare"]["depends_on"]
    assert {name: wait["condition"] for name, wait in waits.items()} == {
        "postgres": "service_healthy",
        "valkey": "service_healthy",
    }


def test_variables_are_ones_that_settings_read(services: dict[str, dict[str, Any]]) -> None:
    settings = (CHECKOUT / "coolpapers" / "settings.py").read_text()
    for name in services["web"]["environment"]:
        assert f'"{name}"' in settings, name


def test_the_container_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\w+)", (CHECKOUT / "Dockerfile").read_text(), re.M)
    assert users == ["coolpapers"]
