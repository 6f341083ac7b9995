import pytest

from coolpapers import environment
from coolpapers.environment import BadVariable


def test_database_url_is_read_in_all_its_parts() -> None:
    found = environment.database_address("postgresql://me:p%40ss@db.example:6543/papers")
    assert (found.host, found.port, found.name) == ("db.example", 6543, "papers")
    assert (found.user, found.password) == ("me", "p@ss")


def test_the_host_may_be_the_folder_of_a_socket_with_capitals() -> None:
    assert environment.database_address("postgresql://me@%2Ftmp%2FAbC/papers").host == "/tmp/AbC"


def test_an_ipv6_host_loses_its_brackets() -> None:
    assert environment.database_address("postgres://me@[::1]:5432/papers").host == "::1"


@pytest.mark.parametrize("url", ["mysql://me@host/papers", "postgresql://host", "postgresql://h:port/x", "papers"])
def test_a_wrong_database_url_names_the_variable_and_the_remedy(url: str) -> None:
    with pytest.raises(BadVariable, match=r"DATABASE_URL.*cannot be used"):
        environment.database_address(url)


def test_the_password_never_stands_in_the_message() -> None:
    with pytest.raises(BadVariable) as error:
        environment.database_address("mysql://me:hunter2@host/papers")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1", "8.0", "²"])
def test_a_number_out_of_range_names_the_variable_and_the_range(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("COOLPAPERS_PORT", value)
    with pytest.raises(BadVariable, match=r"COOLPAPERS_PORT.*from 1 to 65535"):
        environment.whole_number("COOLPAPERS_PORT", 8000, 1, 65535)


def test_an_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLPAPERS_PORT", " ")
    assert environment.whole_number("COOLPAPERS_PORT", 8000, 1, 65535) == 8000


def test_a_relative_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLPAPERS_DATA_DIR", "data")
    with pytest.raises(BadVariable, match="absolute path"):
        environment.folder("COOLPAPERS_DATA_DIR", environment.CHECKOUT)


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("no", False), ("TRUE", True), ("off", False)])
def test_switches(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("COOLPAPERS_DEBUG", value)
    assert environment.switch("COOLPAPERS_DEBUG", False) is meant


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLPAPERS_DEBUG", "maybe")
    with pytest.raises(BadVariable, match="COOLPAPERS_DEBUG"):
        environment.switch("COOLPAPERS_DEBUG", False)


def test_the_public_host_is_answered_too() -> None:
    assert environment.own_hosts("127.0.0.1", "https://papers.example")[-1] == "papers.example"


@pytest.mark.parametrize("url", ["papers.example", "ftp://papers.example", "https://", ""])
def test_a_public_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadVariable, match="COOLPAPERS_PUBLIC_URL"):
        environment.own_hosts("127.0.0.1", url)


def test_a_redis_server_has_one_address_for_cache_and_broker() -> None:
    found = environment.redis_address("redis://host:6379/1")
    assert found.cache == found.broker == "redis://host:6379/1"


def test_a_redis_socket_is_spelt_as_each_wants_it() -> None:
    found = environment.redis_address("unix:///run/valkey.sock?db=2")
    assert found.cache == "unix:///run/valkey.sock?db=2"
    assert found.broker == "redis+socket:///run/valkey.sock?virtual_host=2"


@pytest.mark.parametrize("url", ["http://host", "redis://", "host:6379", "unix://"])
def test_a_wrong_redis_url_names_the_variable_and_the_remedy(url: str) -> None:
    with pytest.raises(BadVariable, match="REDIS_URL"):
        environment.redis_address(url)


def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOLPAPERS_PROXIES", "127.0.0.1, 172.16.0.0/12,::1")
    assert environment.networks("COOLPAPERS_PROXIES", "") == ["127.0.0.1", "172.16.0.0/12", "::1"]


@pytest.mark.parametrize("value", ["*", "proxy.example", "172.16.0.1/12", "10.0.0.0/33"])
def test_a_wrong_proxy_names_the_variable_and_the_remedy(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("COOLPAPERS_PROXIES", value)
    with pytest.raises(BadVariable, match=r"COOLPAPERS_PROXIES.*addresses or networks"):
        environment.networks("COOLPAPERS_PROXIES", "")
