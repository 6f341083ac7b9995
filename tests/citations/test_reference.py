import pytest

from papers.citations.reference import MAX_REFERENCE, Reference, is_periodical, is_proceedings, read


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Computational Linguistics 45(2), 1–40", Reference("Computational Linguistics", "", "45", "2", "1–40")),
        ("Transactions of the ACL 7, 1–40", Reference("Transactions of the ACL", "", "7", "", "1–40")),
        ("Proceedings of the 57th Meeting, pages 1–11", Reference("Proceedings of the 57th Meeting", pages="1–11")),
        ("Proceedings of COLT, PMLR 195:25–26", Reference("Proceedings of COLT", "PMLR", "195", "", "25–26")),
        ("Proceedings of ICML, PMLR 97, 2019", Reference("Proceedings of ICML", "PMLR", "97", year=2019)),
        ("ICML 2031, page 12", Reference("ICML 2031", pages="12")),
        ("Phys. Rev. Lett. 119, 161101 (2017)", Reference("Phys. Rev. Lett.", "", "119", "", "161101", 2017)),
        ("JHEP 09 (2017) 101", Reference("JHEP", "", "09", "", "101", 2017)),
        ("Phys.Rev. D98 (2018) 030001", Reference("Phys.Rev.", "", "D98", "", "030001", 2018)),
        ("Astrophys.J. 848:L12, 2017", Reference("Astrophys.J.", "", "848", "", "L12", 2017)),
        ("IEEE Trans. X, vol. 65, no. 3, pp. 1-10, 2019", Reference("IEEE Trans. X", "", "65", "3", "1–10", 2019)),
        ("J. of X, Volume 1, Issue 3, March 2019, Pages 1-9", Reference("J. of X", "", "1", "3", "1–9", 2019)),
        ("In Proceedings of CVPR, 2019", Reference("Proceedings of CVPR", year=2019)),
        ("Neurocomputing, 2019", Reference("Neurocomputing", year=2019)),
        ("American Journal of CL, 75–96", Reference("American Journal of CL", pages="75–96")),
        ("ICML 2019", Reference("ICML 2019", year=2019)),
    ],
)
def test_reads_what_sources_and_authors_write(line: str, expected: Reference) -> None:
    assert read(line) == expected


@pytest.mark.parametrize("line", ["", "  ", "12", "(2019)", "submitted, see 3, 4 and 5", ", ,", "€ 5"])
def test_keeps_in_one_piece_what_it_does_not_understand(line: str) -> None:
    found = read(line)
    assert (found.volume, found.number, found.pages) == ("", "", "")
    assert found.container == line.strip(" ,")


@pytest.mark.parametrize(
    "name",
    [
        "Proceedings of the 57th Annual Meeting of the ACL", "NeurIPS 2018", "In Proc. of X", "EMNLP Workshop",
        "Advances in Neural Information Processing Systems 30", "Findings of the ACL: EMNLP 2020",
        "Proceedings of the IEEE/CVF Conference on Computer Vision", "Lecture Notes in Computer Science",
    ],
)  # fmt: skip
def test_knows_proceedings(name: str) -> None:
    assert is_proceedings(name)


@pytest.mark.parametrize(
    "name",
    [
        "Proceedings of the National Academy of Sciences", "Proc. Natl. Acad. Sci.", "Proceedings of the IEEE",
        "Proceedings of the VLDB Endowment", "Computational Linguistics", "Phys. Rev. Lett.", "Nature", "",
        "Journal of Machine Learning Research",
    ],
)  # fmt: skip
def test_knows_journals_that_sound_like_proceedings(name: str) -> None:
    assert not is_proceedings(name)


def test_knows_the_names_of_periodicals() -> None:
    assert is_periodical("Journal of Artificial Intelligence Research")
    assert is_periodical("Traitement Automatique des Langues, Volume 50, Numéro 1 : Varia")
    assert not is_periodical("Conference on Language Modeling")
    assert not is_periodical("Proceedings of the Meeting, Volume 1: Long Papers")


@pytest.mark.parametrize("line", ["a " * 10_000, "1, " * 10_000, "A 1(" * 5_000, "Vol. " * 5_000, "A, " + "1" * 20_000])
def test_only_the_beginning_of_an_endless_line_is_read(line: str) -> None:
    assert 0 < len(read(line).container) <= MAX_REFERENCE
