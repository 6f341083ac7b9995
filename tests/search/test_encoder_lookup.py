import threading
import time

import pytest

from search import encoder as module
from search.encoder import StillLoading, encoder


def test_a_query_does_not_wait_for_another_thread_that_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, finish = threading.Event(), threading.Event()

    def slow(location: str) -> object:
        begun.set()
        assert finish.wait(30)
        return object()

    monkeypatch.setattr(module, "_encoder", slow)
    loading = threading.Thread(target=encoder, args=("",))
    loading.start()
    assert begun.wait(30)
    with pytest.raises(StillLoading):
        encoder("", wait=False)
    finish.set()
    loading.join()


def test_queries_that_look_it_up_at_the_same_moment_all_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock taken without any patience would tell one of two readers that the encoder is still loading."""
    together, found = threading.Barrier(8), []

    def ready(location: str) -> object:
        time.sleep(0.001)
        return "encoder"

    def look_up() -> None:
        together.wait()
        found.append(encoder("", wait=False))

    monkeypatch.setattr(module, "_encoder", ready)
    monkeypatch.setattr(module, "PATIENCE", 20.0)  # eight threads take turns slowly on a busy machine
    readers = [threading.Thread(target=look_up) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == ["encoder"] * 8
