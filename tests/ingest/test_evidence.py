"""What is evidence that two records are of one work, and what is not."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ingest.evidence import Kind, Match, Verdict, account, best, judge
from ingest.names import agreement, search_pairs
from papers.record import Author, PaperRecord

ADA = Author("Ada Writer", "Writer", "Ada")
BO = Author("Bo Reader", "Reader", "Bo")
CY = Author("Cy Printer", "Printer", "Cy")
ABSTRACT = " ".join(f"word{number}" for number in range(60))


def preprint(title: str, *authors: Author, abstract: str = "", doi: str = "", year: int = 2018) -> PaperRecord:
    return PaperRecord(
        "arxiv", "1801.00001", title, authors or (ADA, BO), abstract=abstract, doi=doi,
        submitted=datetime(year, 3, 1, tzinfo=UTC),
    )  # fmt: skip


def published(title: str, *authors: Author, abstract: str = "", doi: str = "", year: int = 2018) -> PaperRecord:
    return PaperRecord(
        "acl", "P18-1001", title, authors or (ADA, BO), abstract=abstract, doi=doi, published=date(year, 7, 1)
    )


def kind(ours: PaperRecord, theirs: PaperRecord) -> Kind | None:
    """The same in both directions."""
    verdict, other_way = judge(account(ours), account(theirs)), judge(account(theirs), account(ours))
    assert (verdict and verdict.kind) == (other_way and other_way.kind)
    return verdict.kind if verdict else None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Translating a Math Word Problem to an Expression", "Translating a Math Word Problem to a Expression"),
        ("Towards Decoding as Continuous Optimization", "Towards Decoding as Continuous Optimisation"),
        ("Semi-Markov CRFs for NP Chunking in Text", "Semi-Markov CRFs for Noun Phrase Chunking in Text"),
        ("Word Embeddings through Hellinger PCA", "Word Emdeddings through Hellinger PCA"),
        ("A Comparison of Simple Domain Adaptation Methods", "A Comparison of Domain Adaptation Methods"),
        ("One Model for All Languages", "All-In-1 at IJCNLP-2017 Task 4: One Model for All Languages"),
        ("Bridging CNNs and Weighted Automata", "SoPa: Bridging CNNs and Weighted Automata"),
        ("Learning Semantic Parsers on Freebase (Short Version)", "Learning Semantic Parsers on Freebase"),
        ("QCRI Machine Translation Systems for IWSLT 16", "QCRI's Machine Translation Systems for IWSLT 2016"),
        ("Stochastic HPSG", "Stochastic HPSG"),
    ],
)  # fmt: skip
def test_nearly_the_same_title_by_the_same_authors_is_the_same_work(ours: str, theirs: str) -> None:
    assert kind(preprint(ours), published(theirs)) is Kind.NEAR_TITLE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("The anatomy of word meanings I: subject pronouns", "The anatomy of word meanings II: subject pronouns"),
        ("A long treatise of formal grammars, Part 1", "A long treatise of formal grammars, Part 2"),
        ("A long treatise of formal grammars, volume one", "A long treatise of formal grammars"),
        ("Findings of the 2016 Conference on Translation", "Findings of the 2017 Conference on Translation"),
        ("Findings of the Second Workshop on Neural Generation", "Findings of the Third Workshop on Neural Generation"),
        ("CMU's IWSLT 2025 Simultaneous Translation System", "CMU's IWSLT 2024 Simultaneous Translation System"),
        ("UniMorph 2.0: Universal Morphology for all", "UniMorph 3.0: Universal Morphology for all"),
        ("Errata: Distant Supervision for Relation Extraction", "Distant Supervision for Relation Extraction"),
        ("Reply to: Distant Supervision for Relation Extraction", "Distant Supervision for Relation Extraction"),
        ("Gender Prediction in Code-Mixed Social Media Content", "Humor Detection in Code-Mixed Social Media Content"),
        ("Unsupervised Neural Machine Translation", "Unsupervised Statistical Machine Translation"),
        ("Preface", "Preface"),
        ("Letter to the Editor", "Letter to the Editor"),
        ("Guest Editors' Introduction", "Guest Editors' Introduction"),
    ],
)  # fmt: skip
def test_another_part_year_or_subject_and_what_every_volume_has_are_other_works(ours: str, theirs: str) -> None:
    assert kind(preprint(ours), published(theirs)) is None


def test_a_new_title_is_told_by_the_abstract() -> None:
    ours, theirs = (
        "Hierarchical Question Answering for Long Documents",
        "Coarse-to-Fine Question Answering for Long Documents",
    )
    assert kind(preprint(ours), published(theirs)) is None
    assert kind(preprint(ours, abstract=ABSTRACT), published(theirs, abstract=f"{ABSTRACT} more")) is Kind.NEAR_TITLE
    strange = " ".join(reversed(ABSTRACT.split()))
    assert kind(preprint(ours, abstract=ABSTRACT), published(theirs, abstract=strange)) is None


def test_words_are_added_to_a_title_within_a_few_years_only() -> None:
    ours, theirs = (
        "Modeling Human Reading with Neural Attention",
        "Modeling Task Effects in Human Reading with Neural Attention",
    )
    assert kind(preprint(ours, year=2016), published(theirs, year=2017)) is Kind.NEAR_TITLE
    assert kind(preprint(ours, year=2016), published(theirs, year=2014)) is None
    assert kind(preprint(ours, year=2016), published(theirs, year=2020)) is None


def test_the_same_title_needs_half_of_the_shorter_list_of_authors() -> None:
    title = "A rather long title about one single subject"
    assert kind(preprint(title, ADA), published(title, ADA, BO, CY)) is Kind.TITLE
    assert kind(preprint(title, ADA, BO), published(title, BO, CY)) is Kind.TITLE
    assert kind(preprint(title, ADA), published(title, BO, CY)) is None
    assert kind(preprint(title, ADA), replace(published(title), authors=())) is None


def test_a_short_title_needs_half_of_the_longer_one() -> None:
    assert (
        kind(preprint("Neural Machine Translation", ADA), published("Neural Machine Translation", ADA, BO, CY)) is None
    )
    assert kind(preprint("Neural Machine Translation", ADA, BO), published("Neural Machine Translation", ADA, BO, CY))


def test_the_same_doi_is_the_same_work_unless_the_authors_are_others() -> None:
    doi = "10.18653/v1/p18-1001"
    assert kind(preprint("One title", doi=doi), published("Quite another", doi=doi)) is Kind.DOI
    assert kind(preprint("One title", CY, doi=doi), published("Quite another", doi=doi)) is None


def test_two_dois_of_one_publisher_are_two_works_and_of_two_publishers_say_nothing() -> None:
    title = "A rather long title about one single subject"
    assert kind(preprint(title, doi="10.1/a"), published(title, doi="10.1/b")) is None
    assert kind(preprint(title, doi="10.1/a"), published(title, doi="10.2/b")) is Kind.TITLE


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        (("Hinrich Schuetze", "Schuetze", "Hinrich"), ("Hinrich Schütze", "Schütze", "Hinrich"), 1.0),
        (("Gertjan van Noord", "Noord", "Gertjan van"), ("Gertjan van Noord", "van Noord", "Gertjan"), 1.0),
        (("Antonio Miceli Barone", "Barone", "Antonio Miceli"), ("A. Miceli Barone", "Miceli Barone", "A."), 1.0),
        (("Hasida Koiti", "Koiti", "Hasida"), ("Koiti Hasida", "Hasida", "Koiti"), 1.0),
        (("D. E. Knuth", "Knuth", "D. E."), ("Donald Knuth", "Knuth", "Donald"), 1.0),
        (("Omeri Abend", "Abend", "Omeri"), ("Omri Abend", "Abend", "Omri"), 1.0),
        (("Wei Wang", "Wang", "Wei"), ("Wen Wang", "Wang", "Wen"), 0.5),
        (("Wei Wang", "Wang", "Wei"), ("Li Wang", "Wang", "Li"), 0.0),
        (("Ada Writer", "Writer", "Ada"), ("Cy Stranger", "Stranger", "Cy"), 0.0),
    ],
)  # fmt: skip
def test_a_name_is_known_in_the_spellings_of_sources(
    ours: tuple[str, str, str], theirs: tuple[str, str, str], wanted: float
) -> None:
    assert agreement([Author(*ours)], [Author(*theirs)])[0] == wanted
    assert agreement([Author(*theirs)], [Author(*ours)])[0] == wanted


def test_each_author_is_met_once() -> None:
    assert agreement([ADA, ADA], [ADA, BO]) == (0.5, 0.5)


def test_a_thousand_authors_are_compared_in_no_time_whatever_their_order() -> None:
    crowd = [Author(f"A{number} B{number}", f"B{number}", f"A{number}") for number in range(1_000)]
    began = time.process_time()
    assert agreement(crowd, crowd[:0:-1]) == (0.999, 1.0)
    assert time.process_time() - began < 1
    assert len(search_pairs(crowd)) == 2


def test_pairs_that_are_looked_for_hold_four_authors_at_most() -> None:
    names = [Author(f"Ada {family}", family, "Ada") for family in ("A1", "B1", "C1", "D1", "E1")]
    assert search_pairs(names[:1]) == [("a1 ada", "a1 ada")]
    assert search_pairs(names[:2]) == [("a1 ada", "b1 ada")]
    assert search_pairs(names[:3]) == [("a1 ada", "c1 ada"), ("a1 ada", "b1 ada")]
    assert search_pairs(names) == [("a1 ada", "e1 ada"), ("b1 ada", "d1 ada")]
    assert search_pairs([]) == []


def test_the_strongest_evidence_chooses_first_and_a_paper_is_chosen_once() -> None:
    def match(source_id: str, paper: int, kind: Kind, score: float) -> Match:
        return Match(source_id, paper, Verdict(kind, score, {}))

    found = best(
        [
            match("a", 1, Kind.NEAR_TITLE, 0.99),
            match("b", 1, Kind.TITLE, 0.6),
            match("a", 2, Kind.NEAR_TITLE, 0.8),
            match("c", 2, Kind.NEAR_TITLE, 0.7),
            match("b", 3, Kind.TITLE, 0.6),
        ]
    )
    assert {source_id: each.paper_id for source_id, each in found.items()} == {"b": 1, "a": 2}
