"""PMLR's volumes: lists of files, front matter, settings, clones on disk, and input nobody should trust."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.items import MAX_ABSTRACT, MAX_NAME, MAX_TITLE, Item, Malformed, SetAside, Taken
from ingest.sources import pmlr_folder
from ingest.sources.pmlr import editions, parse, parse_config, parse_detail, parse_post
from ingest.sources.pmlr_post import MAX_FILE
from ingest.sources.source import NotThisPage, NotYet, Page, SourceEdition
from papers.record import Appearance, Author, EditionRecord, Link, PaperRecord, VenueRecord

COLT = SourceEdition("COLT.2023", "pmlr-index:/v195/git/trees/gh-pages?recursive=1")
POST = "_posts/2023-07-12-writer23a.md"
AT = "pmlr:/v195/gh-pages/"
FIELDS = {
    "title": "Learning $k$-sets with {\\'E}lan",
    "abstract": "We show <em>that</em> $a<b$ &amp; more. ",
    "section": "Original Papers",
    "openreview": "zL6ljQvPzZ",
    "software": "https://code.example/x",
    "id": "writer23a",
    "order": 12,
    "firstpage": 12,
    "lastpage": 40,
    "author": [{"given": "Ada", "family": "Writer"}, {"given": "Dirk", "prefix": "van der", "family": "Berg"}],
    "date": "2023-07-12",
    "container-title": "Proceedings of Thirty Sixth Conference on Learning Theory",
    "volume": "195",
    "pdf": "https://proceedings.mlr.press/v195/writer23a/writer23a.pdf",
    "extras": [{"label": "Supplementary PDF", "link": "https://x.example/s.pdf"}],
}
CONFIG = """---
booktitle: Proceedings of Thirty Sixth Conference on Learning Theory
shortname: COLT
volume: '195'
year: '2023'
start: &1 2023-07-12
date_str: 12--15 Jul
conference:
  name: The Thirty Sixth Annual Conference on Learning Theory
  url: https://learningtheory.org/colt2023/
  location: Bangalore, India
  dates:
  - *1
"""


def post(**changes: Any) -> bytes:
    fields = {name: value for name, value in (FIELDS | changes).items() if value is not None}
    return f"---\n{json.dumps(fields, ensure_ascii=False)}\n# Format based on citeproc\n---\n".encode()


def item(body: bytes, volume: int | None = None) -> Taken | SetAside:
    return parse_post(body, POST, volume)


def paper(**changes: Any) -> PaperRecord:
    found = item(post(**changes))
    assert isinstance(found, Taken), found
    return found.record


def reason(**changes: Any) -> str:
    found = item(post(**changes))
    assert isinstance(found, SetAside), found
    return found.reason


def index(*paths: str, **changes: Any) -> bytes:
    return json.dumps(
        {"tree": [{"path": path, "type": "blob"} for path in paths], "truncated": False} | changes
    ).encode()


def listed(body: bytes, address: str = COLT.address) -> tuple[str, ...]:
    return parse(Page(COLT, address, body)).details


def detail(path: str, body: bytes) -> tuple[Item, ...]:
    return parse_detail(Page(COLT, AT + path, body)).items


class TestTable:
    def test_editions_up_to_a_year(self) -> None:
        known = {edition.name: edition.address for edition in editions(2023)}
        assert known["COLT.2023"] == COLT.address
        assert known["ICML.2013"] == "pmlr-index:/v28/git/trees/gh-pages?recursive=1"
        assert all(int(name[-4:]) <= 2023 for name in known)

    def test_no_two_editions_share_a_name_or_a_volume(self) -> None:
        every = editions(2100)
        assert len({edition.name for edition in every}) == len({edition.address for edition in every}) == len(every)

    def test_a_new_volume_cannot_be_guessed(self) -> None:
        assert editions(2100) == editions(2101)


class TestList:
    def test_the_files_of_papers_and_the_settings_are_what_to_read(self) -> None:
        body = index("README.md", "_posts/2023-07-12-b23a.md", "_config.yml", POST, "assets/b23a/b23a.pdf")
        page = parse(Page(COLT, COLT.address, body))
        assert page.details == (f"{AT}_config.yml", f"{AT}_posts/2023-07-12-b23a.md", AT + POST)
        assert (page.items, page.announced) == ((), 2)

    @pytest.mark.parametrize(
        "path", ["_posts/../../../etc/passwd", "../_posts/2023-07-12-a.md", "_posts/2023-07-12-a.md/x", "_posts/a.md"]
    )
    def test_paths_out_of_the_folder_are_passed_over(self, path: str) -> None:
        assert listed(index(path, POST)) == (AT + POST,)

    def test_a_volume_without_papers_may_still_get_them(self) -> None:
        with pytest.raises(NotYet):
            listed(index("README.md", "_config.yml"))

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<html>rate limit</html>",
            b'{"message": "API rate limit exceeded"}',
            b"[]",
            b"null",
            b"[" * 100_000,
            index(POST)[:-5],
            index(POST, truncated=True),
            b'{"tree": [1]}',
            b'{"tree": [{"type": "blob"}]}',
            b'\xff{"tree": []}',
        ],
    )
    def test_what_is_no_list(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            listed(body)

    def test_another_address(self) -> None:
        with pytest.raises(NotThisPage):
            listed(index(POST), "pmlr-index:/v195/../v1/git/trees/gh-pages")


class TestPost:
    def test_a_paper(self) -> None:
        assert paper() == PaperRecord(
            source="pmlr",
            source_id="writer23a@v195",
            title="Learning $k$-sets with Élan",
            authors=(Author("Ada Writer", "Writer", "Ada"), Author("Dirk van der Berg", "van der Berg", "Dirk")),
            abstract="We show that $a<b$ & more.",
            journal_ref="Proceedings of Thirty Sixth Conference on Learning Theory, PMLR 195:12–40",
            landing_url="https://proceedings.mlr.press/v195/writer23a.html",
            pdf_url="https://proceedings.mlr.press/v195/writer23a/writer23a.pdf",
            published=date(2023, 7, 12),
            appearances=(Appearance("COLT.2023", "Original Papers", 12),),
            links=(
                Link("code", "https://code.example/x"),
                Link("attachment", "https://x.example/s.pdf", "Supplementary PDF"),
            ),
            same_as=("openreview:zL6ljQvPzZ",),
        )

    def test_older_volumes_have_no_order_but_a_first_page(self) -> None:
        assert paper(order=None).appearances[0].position == 12

    def test_pages_that_are_no_numbers(self) -> None:
        found = paper(order=None, firstpage="i", lastpage="ii")
        assert found.appearances[0].position is None and found.journal_ref.endswith("PMLR 195:i–ii")

    def test_a_section_by_its_key(self) -> None:
        assert paper(section="open-problems").appearances[0].track == "Open problems"

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ({"openreview": "https://openreview.net/forum?id=yqLFb0RnDW"}, ("openreview:yqLFb0RnDW",)),
            ({"openreview": "../../etc/passwd"}, ()),
            ({"openreview": None, "arxiv": "https://arxiv.org/abs/2301.00001v2"}, ("arxiv:2301.00001",)),
            ({"openreview": ["x"], "arxiv": "soon"}, ()),
        ],
    )
    def test_what_else_the_paper_is_called(self, told: dict[str, Any], expected: tuple[str, ...]) -> None:
        assert paper(**told).same_as == expected

    def test_kinds_of_extras(self) -> None:
        labels = ["Software", "Video", "Dataset", "Erratum", "Other Files"]
        extras = [{"label": label, "link": f"https://x.example/{label[0]}"} for label in labels]
        found = paper(software=None, extras=[*extras, {"label": "Bad", "link": "javascript:x"}, "none", None])
        assert [link.kind for link in found.links] == ["code", "video", "dataset", "erratum", "attachment"]

    def test_what_is_known_by_no_table_has_no_place(self) -> None:
        assert paper(volume="9999").appearances == ()

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"id": "../../etc/passwd"}, "without a usable id"),
            ({"id": None}, "without a usable id"),
            ({"volume": "195/.."}, "without a usable volume"),
            ({"title": None}, "no title"),
            ({"title": ["a", "list"]}, "no title"),
            ({"title": "x" * (MAX_TITLE + 1)}, "title of"),
            ({"abstract": "x" * (MAX_ABSTRACT + 1)}, "abstract of"),
            ({"author": [{"family": "x" * (MAX_NAME + 1)}]}, "name of more than"),
        ],
    )
    def test_a_paper_that_cannot_be_taken(self, told: dict[str, Any], said: str) -> None:
        assert said in reason(**told)

    def test_people_that_are_none_are_passed_over(self) -> None:
        assert paper(author=["Ada", {}, {"given": ["x"]}, {"family": "Li"}]).authors == (Author("Li", "Li"),)
        assert paper(author="Ada").authors == ()

    def test_a_third_of_his_name_keeps_his_family(self) -> None:
        found = paper(author=[{"given": "Hal Daumé", "family": "III"}, {"given": "Ada", "family": "II"}])
        assert found.authors == (Author("Hal Daumé III", "Daumé", "Hal"), Author("Ada II", "II", "Ada"))

    def test_a_paper_of_another_volume(self) -> None:
        found = item(post(), volume=202)
        assert isinstance(found, SetAside) and "volume 195 in volume 202" in found.reason

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"404: Not Found",
            b"<html><body>---</body></html>",
            post()[:-6],
            b"text before\n" + post(),
            b"---\ntitle: [unclosed\n---\n",
            b"---\n- a\n- list\n---\n",
            b"---\n" + b"[" * 50_000 + b"\n---\n",
            b"---\nx: !!python/object/apply:os.system ['true']\ny: : :\n---\n",
            post(title="Erd?s").replace(b"?", b"\xf5"),
            b"---\n" + b"x" * MAX_FILE + b"\n---\n",
        ],
    )
    def test_what_is_no_paper_at_all(self, body: bytes) -> None:
        with pytest.raises(NotThisPage):
            item(body)

    def test_a_bomb_of_aliases_stays_small(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        bomb = "\n".join(["---", *lines, "title: *a11", "id: x", "volume: '195'", "---", ""])
        found = item(bomb.encode())
        assert isinstance(found, SetAside) and found.reason == "no title"


class TestSettings:
    def test_venue_and_edition(self) -> None:
        assert parse_config(CONFIG.encode()) == (
            VenueRecord("COLT", "Conference on Learning Theory", field="Machine learning"),
            EditionRecord(
                "COLT.2023", "COLT", 2023, "Proceedings of Thirty Sixth Conference on Learning Theory",
                "Bangalore, India", "12–15 Jul 2023", "https://learningtheory.org/colt2023/",
            ),
        )  # fmt: skip

    def test_older_settings_have_the_place_by_itself_and_tex_in_the_title(self) -> None:
        older = CONFIG.replace("  location: Bangalore, India\n", "  location:\n").replace(" on ", " \\& ")
        _, edition = parse_config((older + "location: Lanzarote\n").encode())
        assert edition.location == "Lanzarote" and edition.title.endswith("Conference & Learning Theory")

    def test_a_volume_of_no_table_is_named_after_itself(self) -> None:
        other = CONFIG.replace("195", "9999").replace("COLT", "PGM")
        venue, edition = parse_config(other.encode())
        assert (venue.name, edition.name) == ("PGM", "PGM.2023")

    @pytest.mark.parametrize(("old", "new"), [("shortname: COLT", "shortname: ../x"), ("2023", "soon")])
    def test_without_a_name_or_a_year_there_is_no_edition(self, old: str, new: str) -> None:
        with pytest.raises(Malformed, match="neither the venue nor the year"):
            parse_config(CONFIG.replace("195", "9999").replace(old, new).encode())

    def test_the_settings_of_something_else(self) -> None:
        with pytest.raises(NotThisPage):
            parse_config(b"theme: jekyll\n")


class TestDetail:
    def test_a_paper_by_its_address(self) -> None:
        (found,) = detail(POST, post())
        assert isinstance(found, Taken)
        assert (found.record.source_id, found.file) == ("writer23a@v195", AT + POST)

    def test_the_settings_by_theirs(self) -> None:
        assert [type(found) for found in detail("_config.yml", CONFIG.encode())] == [VenueRecord, EditionRecord]

    @pytest.mark.parametrize(("old", "new"), [("COLT", "ICML"), ("'195'", "'202'")])
    def test_a_table_that_is_wrong_is_noticed(self, old: str, new: str) -> None:
        (found,) = detail("_config.yml", CONFIG.replace(old, new).encode())
        assert isinstance(found, SetAside) and "volume 195 is said to be" in found.reason

    @pytest.mark.parametrize(
        "path", ["../v1/gh-pages/_config.yml", "_posts/../_config.yml", "README.md", "_posts/x.md"]
    )
    def test_another_address(self, path: str) -> None:
        with pytest.raises(NotThisPage):
            detail(path, post())

    def test_an_error_page_is_asked_for_again(self) -> None:
        for path in (POST, "_config.yml"):
            with pytest.raises(NotThisPage):
                detail(path, b"<!DOCTYPE html><html>429: Too Many Requests</html>")


class TestFolder:
    def read(self, folder: Path, files: dict[str, bytes]) -> list[tuple[str, list[Item]]]:
        for name, body in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(body)
        return list(pmlr_folder.read(folder))

    def test_a_clone(self, tmp_path: Path) -> None:
        files = {"_config.yml": CONFIG.encode(), POST: post(), "_posts/2023-07-12-b23a.md": b"broken", "_posts/x": b""}
        read = self.read(tmp_path, files)
        assert [(name, [type(found) for found in items]) for name, items in read] == [
            ("_config.yml", [VenueRecord, EditionRecord]),
            ("_posts/2023-07-12-b23a.md", [SetAside]),
            (POST, [Taken]),
        ]

    def test_the_settings_name_the_edition_of_a_volume_that_no_table_knows(self, tmp_path: Path) -> None:
        other = CONFIG.replace("195", "9999").replace("COLT", "PGM").encode()
        read = dict(self.read(tmp_path, {"_config.yml": other, POST: post(volume="9999")}))
        (found,) = read[POST]
        assert isinstance(found, Taken) and found.record.appearances[0].edition == "PGM.2023"

    def test_without_settings_the_papers_are_read_all_the_same(self, tmp_path: Path) -> None:
        (name, settings), (_, papers) = self.read(tmp_path, {POST: post()})
        assert name == "_config.yml" and isinstance(settings[0], SetAside) and isinstance(papers[0], Taken)

    def test_a_file_without_end_is_set_aside_unread(self, tmp_path: Path) -> None:
        read = dict(self.read(tmp_path, {"_config.yml": CONFIG.encode(), POST: b"x" * (MAX_FILE + 1)}))
        (found,) = read[POST]
        assert isinstance(found, SetAside) and "more than" in found.reason

    def test_a_folder_that_is_no_volume(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no papers"):
            self.read(tmp_path, {"README.md": b""})
