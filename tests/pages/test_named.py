from django.test import Client

from tests.pages.conftest import Keep
from tests.pages.reading import keys, links, text, words
from tests.pages.samples import arxiv


def test_shows_the_papers_in_the_order_of_the_address_each_once(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"), arxiv("hep-th/9901001"), arxiv("1406.2661"))
    response = client.get("/arxiv/hep-th/9901001,2503.00001v2,1406.02661,2503.00001,math.GT/0309136")
    assert response.status_code == 200
    assert keys(response) == ["hep-th/9901001", "2503.00001", "1406.2661"]


def test_names_the_ids_that_are_missing_and_what_is_no_id(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    response = client.get("/arxiv/2503.00001,2503.00002,<b>x</b>")
    assert "https://arxiv.org/abs/2503.00002" in links(response)
    assert "“&lt;b&gt;x&lt;/b&gt;”" in text(response)
    assert "<b>x</b>" not in text(response)


def test_a_list_without_any_known_paper_is_not_found(client: Client, db: None) -> None:
    response = client.get("/arxiv/2503.00001,2503.00002")
    assert response.status_code == 404
    assert "None of these papers is here" in text(response)


def test_a_long_list_is_paged(client: Client, keep: Keep) -> None:
    names = [f"2503.{number:05}" for number in range(1, 41)]
    keep(*map(arxiv, names))
    address = "/arxiv/" + ",".join(names)
    assert keys(client.get(address)) == names[:25]
    assert keys(client.get(address + "?skip=25")) == names[25:]
    assert "26–40 of 40" in words(client.get(address + "?skip=25"))


def test_a_thousand_ids_are_enough(client: Client, db: None) -> None:
    assert client.get("/arxiv/" + ",".join(f"2503.{number:05}" for number in range(1, 3_000))).status_code == 404
