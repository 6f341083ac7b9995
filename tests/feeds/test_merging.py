"""What feeds have told stays told when papers become one, and when they part."""

from django.test import Client

from ingest import merging
from ingest.models import Merge
from papers.models import FeedEntry, Paper
from tests.feeds.reader import Reader, entries
from tests.pages.conftest import Keep
from tests.pages.samples import acl, arxiv, author

NAMES = (author("Ada Lovelace"), author("Alan Turing"))
TITLE = "One rather long title of a paper that two sources have"


def ids(client: Client, path: str) -> list[str]:
    return [entry.id for entry in entries(client.get(path))]


def apart(keep: Keep) -> None:
    """A paper of a venue, and a preprint that nobody would take for it."""
    keep(acl("P19-0001", title="Other words", authors=NAMES))
    keep(arxiv("2503.00001", title=TITLE, authors=NAMES))


def together(keep: Keep) -> Merge:
    keep(acl("P19-0001", title="Other words", authors=NAMES, same_as=("arxiv:2503.00001",)))
    return Merge.objects.get()


def test_each_feed_goes_on_under_the_name_that_it_told(client: Client, keep: Keep) -> None:
    apart(keep)
    paths = ["/arxiv/cs.CL/feed", "/venue/ACL/feed"]
    readers = [Reader(client, path) for path in paths]
    for reader in readers:
        assert len(reader.poll()) == 1
    together(keep)
    assert Paper.objects.count() == 1
    for reader in readers:
        assert reader.poll() == []
        assert [entry.key for entry in entries(client.get(reader.path))] == ["2503.00001"]


def test_a_feed_that_told_both_goes_on_with_one_of_them(client: Client, keep: Keep) -> None:
    apart(keep)
    reader = Reader(client, "/author/Ada Lovelace/feed")
    assert len(reader.poll()) == 2
    together(keep)
    assert reader.poll() == []
    assert len(entries(client.get(reader.path))) == 1


def test_parted_again_each_is_told_as_before(client: Client, keep: Keep) -> None:
    apart(keep)
    paths = ("/arxiv/cs.CL/feed", "/venue/ACL/feed", "/author/Ada Lovelace/feed")
    before = [ids(client, path) for path in paths]
    merge = together(keep)
    merging.undo(merge.pk, by="ada")
    assert Paper.objects.count() == 2
    assert [sorted(ids(client, path)) for path in paths] == [sorted(told) for told in before]
    merging.redo(merge.pk)
    assert ids(client, paths[0]) == before[0]
    assert ids(client, paths[1]) == before[1]


def test_what_was_told_as_one_paper_and_is_two_is_told_as_two(client: Client, keep: Keep) -> None:
    keep(acl("P19-0001", title=TITLE, authors=NAMES))
    keep(arxiv("2503.00001", title=TITLE, authors=NAMES))
    assert ids(client, "/arxiv/cs.CL/feed") == ids(client, "/venue/ACL/feed")
    merging.undo(Merge.objects.get().pk, by="ada")
    assert set(ids(client, "/arxiv/cs.CL/feed")).isdisjoint(ids(client, "/venue/ACL/feed"))
    assert len(set(ids(client, "/author/Ada Lovelace/feed"))) == 2
    assert [entry.key for entry in entries(client.get("/venue/ACL/feed"))] == ["P19-0001@ACL"]


def test_entries_go_with_their_paper(client: Client, keep: Keep) -> None:
    keep(arxiv("2503.00001"))
    Paper.objects.all().delete()
    assert FeedEntry.objects.count() == 0
    keep(arxiv("2503.00001"))
    assert len(ids(client, "/arxiv/cs.CL/feed")) == 1
