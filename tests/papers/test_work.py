import json
from dataclasses import replace
from datetime import UTC, date, datetime

from papers import record as plain
from papers.record import (
    AbstractKind,
    Appearance,
    Author,
    Link,
    Listing,
    ListingKind,
    PaperRecord,
    Version,
)
from papers.work import derive

PREPRINT = PaperRecord(
    source="arxiv",
    source_id="1810.04805",
    title="BERT: Pre-training of Deep Bidirectional Transformers",
    authors=(Author("Jacob Devlin", "Devlin", "Jacob"), Author("Ming-Wei Chang", "Chang", "Ming-Wei")),
    abstract="We introduce a new model.",
    categories=("cs.CL",),
    doi="10.1/preprint",
    submitted=datetime(2018, 10, 11, tzinfo=UTC),
    announced=date(2018, 10, 12),
    versions=(Version(1, datetime(2018, 10, 11, tzinfo=UTC)),),
    listings=(Listing("cs.CL", date(2018, 10, 12), ListingKind.NEW, 3),),
)
PUBLISHED = PaperRecord(
    source="acl",
    source_id="N19-1423",
    title="BERT: Pre-training of deep bidirectional Transformers",
    authors=(Author("Jacob Devlin", "Devlin", "Jacob", affiliation="Google", variants=("J. Devlin",)),),
    abstract="We introduce a new language model.",
    doi="10.18653/v1/n19-1423",
    published=date(2019, 6, 1),
    journal_ref="NAACL 2019",
    appearances=(Appearance("NAACL.2019", "Long", 4),),
    links=(Link("code", "https://example.org/bert"),),
)


def test_one_record_gives_its_own_fields() -> None:
    work = derive([PUBLISHED])
    assert work.key == "N19-1423@ACL"
    assert work.author_keys == ["devlin j", "devlin jacob"]
    assert work.appearances == ["NAACL.2019"]


def test_the_preprint_leads_and_the_published_version_fills_the_rest() -> None:
    work = derive([PUBLISHED, PREPRINT])
    assert work.key == "1810.04805"
    assert work.title == PREPRINT.title
    assert work.doi == "10.18653/v1/n19-1423"
    assert work.published == date(2019, 6, 1)
    assert work.announced == date(2018, 10, 12)
    assert work.journal_ref == "NAACL 2019"
    assert [link["url"] for link in work.links] == ["https://example.org/bert"]


def test_the_order_of_records_makes_no_difference() -> None:
    assert derive([PUBLISHED, PREPRINT]) == derive([PREPRINT, PUBLISHED])


def test_the_authors_abstract_wins_over_our_summary() -> None:
    summary = replace(PREPRINT, abstract="Ours.", abstract_kind=AbstractKind.SUMMARY)
    assert derive([summary, PUBLISHED]).abstract == PUBLISHED.abstract
    assert derive([summary]).abstract_kind == "summary"


def test_every_field_that_readers_see_changes_the_content_hash() -> None:
    before = derive([PREPRINT]).content_hash
    for change in ({"title": "Another"}, {"comments": "8 pages"}, {"categories": ("cs.LG",)}, {"withdrawn": "gone"}):
        assert derive([replace(PREPRINT, **change)]).content_hash != before
    assert derive([PREPRINT]).content_hash == before


def test_only_title_and_abstract_change_the_text_hash() -> None:
    before = derive([PREPRINT]).text_hash
    assert derive([replace(PREPRINT, comments="8 pages")]).text_hash == before
    assert derive([replace(PREPRINT, abstract="Other.")]).text_hash != before


def test_records_survive_their_json() -> None:
    awarded = replace(PUBLISHED, links=(Link("award", "", "Best paper"), Link("code", "https://example.org")))
    for record in (PREPRINT, PUBLISHED, awarded, PaperRecord("acl", "x", "Title")):
        assert plain.from_json(json.loads(plain.to_json(record))) == record


def test_empty_fields_are_not_written() -> None:
    assert json.loads(plain.to_json(PaperRecord("acl", "x", "Title"))) == {
        "source": "acl", "source_id": "x", "title": "Title", "abstract_kind": "author",
    }  # fmt: skip
