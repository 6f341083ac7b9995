"""The Anthology's XML as plain values: ids, texts, people, dates, places, and input nobody should trust."""

from datetime import date

import pytest

from ingest.items import MAX_ABSTRACT, MAX_RAW, MAX_TITLE, Malformed, SetAside, Taken
from ingest.sources.acl_guide import Guide, Spellings, load, spellings, venue_entry, venues
from ingest.sources.acl_volumes import editions, places
from ingest.sources.acl_xml import Collection, outline, paper_id, parse
from papers.record import Appearance, Author, Link, PaperRecord


def volume(papers: str = "", meta: str = "", volume_id: str = "long", attributes: str = 'type="proceedings"') -> str:
    meta = meta or (
        "<booktitle>Proceedings of the 18th Conference (Volume 1: Long Papers)</booktitle>"
        "<address>St. Julian’s, Malta</address><month>March</month><year>2024</year><venue>eacl</venue>"
    )
    return f'<volume id="{volume_id}" {attributes}>\n<meta>{meta}</meta>\n{papers}\n</volume>'


def xml(*volumes: str, name: str = "2024.eacl", event: str = "") -> bytes:
    body = "\n".join(volumes) + event
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{name}\">\n{body}\n</collection>".encode()


def paper(inside: str = "<title>A Title</title>", number: str = "1") -> str:
    return f'<paper id="{number}">{inside}</paper>'


def records(data: bytes, guide: Guide | None = None) -> list[PaperRecord]:
    return [item.record for item in parse(data, "x.xml", guide).papers if isinstance(item, Taken)]


def set_aside(data: bytes) -> list[SetAside]:
    return [item for item in parse(data, "x.xml").papers if isinstance(item, SetAside)]


def one(inside: str, guide: Guide | None = None, **rest: str) -> PaperRecord:
    inside = inside if "<title>" in inside else f"<title>A Title</title>{inside}"
    (record,) = records(xml(volume(paper(inside), **rest)), guide)
    return record


def title(markup: str) -> str:
    return one(f"<title>{markup}</title>").title


def abstract(markup: str) -> str:
    return one(f"<abstract>{markup}</abstract>").abstract


class TestIds:
    @pytest.mark.parametrize(
        ("collection", "volume_id", "number", "expected"),
        [
            ("2024.eacl", "long", "12", "2024.eacl-long.12"),
            ("P19", "1", "1", "P19-1001"),
            ("P19", "1", "660", "P19-1660"),
            ("W18", "26", "1", "W18-2601"),
            ("W05", "6", "1", "W05-0601"),
            ("C69", "1", "1", "C69-0101"),
            ("D19", "4", "1", "D19-4001"),
            ("D19", "50", "3", "D19-5003"),
        ],
    )
    def test_the_parts_make_the_id(self, collection: str, volume_id: str, number: str, expected: str) -> None:
        assert paper_id(collection, volume_id, number) == expected

    @pytest.mark.parametrize("number", ["", "-1", "1.5", "../../etc", "٣", "1234567", "1 "])
    def test_an_impossible_number_makes_none(self, number: str) -> None:
        with pytest.raises(Malformed):
            paper_id("2024.eacl", "long", number)

    def test_an_old_volume_must_have_a_number(self) -> None:
        with pytest.raises(Malformed, match="volume"):
            paper_id("P19", "long", "1")

    def test_a_second_paper_of_the_same_id_is_set_aside(self) -> None:
        data = xml(volume(paper() + "\n" + paper("<title>Another</title>")))
        assert [record.title for record in records(data)] == ["A Title"]
        assert [item.reason for item in set_aside(data)] == ["2024.eacl-long.1 stands twice in this file"]


class TestTexts:
    def test_markup_leaves_its_text(self) -> None:
        assert title("<fixed-case>BERT</fixed-case> for <b>bold <i>claims</i></b> at <url>http://a.b</url>!") == (
            "BERT for bold claims at http://a.b!"
        )

    def test_mathematics_stands_between_dollars(self) -> None:
        assert abstract(r"in <tex-math>O(n^{2} \log n)</tex-math> time") == r"in $O(n^{2} \log n)$ time"

    def test_neighbouring_formulas_do_not_become_a_displayed_one(self) -> None:
        assert abstract("<tex-math>a</tex-math><tex-math>b</tex-math>") == "$a$ $b$"

    @pytest.mark.parametrize("tex", ["x $ y", "$x$", "x\\", ""])
    def test_a_formula_cannot_break_out_of_its_dollars(self, tex: str) -> None:
        text = abstract(f"<tex-math>{tex}</tex-math>.").replace("\\\\", "")
        assert text.count("$") in (0, 2)
        assert "\\$" not in text

    @pytest.mark.parametrize(
        "prose",
        [
            "it costs $4, $8 and $10 per hour",
            "US$ 10 billion",
            "4-6$, we pay",
            "from $5-$10",
            "Dutch$German and It$Rom",
        ],
    )
    def test_money_is_no_mathematics(self, prose: str) -> None:
        assert abstract(prose) == prose.replace("$", "\\$")

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("with $k$NN-MT", "with $k$NN-MT"),
            (r"measure $\gamma_f$ of", r"measure $\gamma_f$ of"),
            ("ranked $14ˆ{th}$ at $5 each", r"ranked $14^{th}$ at \$5 each"),
            (r"already \$5", r"already \$5"),
        ],
    )
    def test_mathematics_typed_into_prose_is_kept(self, typed: str, expected: str) -> None:
        assert abstract(typed) == expected

    def test_lines_are_joined_and_other_scripts_kept(self) -> None:
        assert title("  a\n   b\u00a0c  ") == "a b c"
        assert title("שלום على e\u0301") == "שלום على é"

    def test_marks_that_turn_the_page_around_are_dropped(self) -> None:
        assert title("safe\u202etext") == "safetext"

    def test_a_hundred_thousand_nested_tags_are_read(self) -> None:
        assert title("<b>" * 100_000 + "deep" + "</b>" * 100_000) == "deep"


class TestPeople:
    def test_names_in_order_with_their_parts(self) -> None:
        record = one(
            "<author><first>Ada</first><last>Lovelace</last><affiliation>London</affiliation></author>"
            "<author><last>Plato</last></author><author><first/><last>Aristotle</last></author>"
        )
        assert record.authors == (
            Author("Ada Lovelace", "Lovelace", "Ada", "London"),
            Author("Plato", "Plato"),
            Author("Aristotle", "Aristotle"),
        )

    def test_a_variant_in_characters_is_written_the_chinese_way(self) -> None:
        record = one(
            "<author><first>Xiaoming</first><last>Wang</last>"
            '<variant script="hani"><first>小明</first><last>王</last></variant></author>'
        )
        assert record.authors[0].variants == ("王小明",)

    def test_the_directory_gives_the_other_spellings_and_the_printed_one_is_shown(self) -> None:
        guide = Guide(spellings=spellings(load(NAMES)))
        (author,) = one("<author><first>Leon</first><last>Dostert</last></author>", guide).authors
        assert author.name == "Leon Dostert"
        assert author.variants == ("Léon Dostert", "L. E. Dostert")

    def test_a_name_of_two_people_gets_no_spellings_without_an_id(self) -> None:
        guide = Guide(spellings=spellings(load(NAMES)))
        printed = "<first>James</first><last>Allen</last></author>"
        assert one("<author>" + printed, guide).authors[0].variants == ()
        assert one('<author id="james-allen">' + printed, guide).authors[0].variants == ("James F. Allen",)

    def test_three_thousand_authors_are_fine(self) -> None:
        assert len(one("<author><first>A</first><last>B</last></author>" * 3_000).authors) == 3_000

    def test_a_nameless_author_is_left_out_and_an_endless_one_refused(self) -> None:
        assert one("<author><first/><last> </last></author>").authors == ()
        endless = f"<title>T</title><author><last>{'x' * 501}</last></author>"
        assert [item.reason for item in set_aside(xml(volume(paper(endless))))] == ["name of more than 500 characters"]

    def test_a_papers_own_editors_are_kept_and_the_volumes_are_not(self) -> None:
        assert one("<editor><first>E</first><last>D</last></editor>").editors == (Author("E D", "D", "E"),)


class TestDates:
    @pytest.mark.parametrize(
        ("month", "expected"),
        [
            ("July", 7),
            ("July–August", 7),
            ("7", 7),
            ("07", 7),
            ("July 28", 7),
            ("12--13 November", 11),
            ("sEPTEMBER", 9),
            ("Septemer", 9),
            ("Dec", 12),
            ("", 5),
            ("13", 5),
            ("Spring", 5),
        ],
    )
    def test_the_month_is_read_as_people_write_it(self, month: str, expected: int) -> None:
        meta = f"<booktitle>B</booktitle><month>{month}</month><year>2019</year>"
        record = one("", meta=meta, attributes='type="proceedings" ingest-date="2019-05-20"')
        assert record.published == date(2019, expected, 1)

    def test_the_day_of_ingestion_counts_in_the_same_year_only(self) -> None:
        meta = "<booktitle>B</booktitle><year>1999</year>"
        record = one("", meta=meta, attributes='type="proceedings" ingest-date="2019-05-20"')
        assert record.published == date(1999, 1, 1)

    @pytest.mark.parametrize("year", ["", "1492", "9999", "99999", "soon", "２０２０", "-200"])
    def test_papers_of_an_absurd_year_are_set_aside(self, year: str) -> None:
        data = xml(volume(paper(), meta=f"<booktitle>B</booktitle><year>{year}</year><venue>acl</venue>"))
        assert [item.reason for item in set_aside(data)] == ["the volume's year is missing or absurd"]
        assert records(data) == []


class TestAddresses:
    def test_a_paper_of_the_anthology(self) -> None:
        record = one('<url hash="01234567">2024.eacl-long.1</url>')
        assert record.landing_url == "https://aclanthology.org/2024.eacl-long.1/"
        assert record.pdf_url == "https://aclanthology.org/2024.eacl-long.1.pdf"

    def test_a_paper_without_url_has_no_pdf(self) -> None:
        assert one("").pdf_url == ""

    def test_a_pdf_elsewhere_and_a_page_elsewhere(self) -> None:
        assert one("<url>http://a.org/1.pdf</url>").pdf_url == "http://a.org/1.pdf"
        elsewhere = one("<url>https://doi.org/10.1/x</url>")
        assert (elsewhere.landing_url, elsewhere.pdf_url) == ("https://doi.org/10.1/x", "")

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "ftp://a/b", "../../x", "//a.b/c", 'http://a/"onclick', "a b"]
    )
    def test_other_addresses_become_nothing(self, url: str) -> None:
        record = one(
            f"<url>{url}</url><pwccode url='{url.replace('&', '')}' additional='false'>c</pwccode>"
            f"<attachment>{url}</attachment><video href='{url}'/><erratum>{url}</erratum>"
        )
        assert record.pdf_url == ""
        assert record.links == ()

    def test_links_of_every_kind(self) -> None:
        record = one(
            '<pwccode url="https://github.com/a/b" additional="true">a/b</pwccode>'
            '<pwcdataset url="https://paperswithcode.com/dataset/opus">OPUS</pwcdataset>'
            '<video href="2024.eacl-long.1.mp4"/><video href="http://slideslive.com/1"/>'
            '<video href="secret.mp4" permission="false"/>'
            '<attachment type="software" hash="01234567">2024.eacl-long.1.software.zip</attachment>'
            '<erratum id="1" hash="01234567" date="2024-06-19">2024.eacl-long.1e1</erratum>'
            '<revision id="1" href="2024.eacl-long.1v1" hash="01234567"/>'
            '<revision id="2" href="2024.eacl-long.1v2" hash="01234567">Fixed <b>Table</b> 2.</revision>'
            "<award>Best Paper</award>"
        )
        site = "https://aclanthology.org/"
        assert record.links == (
            Link("code", "https://github.com/a/b", "a/b"),
            Link("dataset", "https://paperswithcode.com/dataset/opus", "OPUS"),
            Link("video", site + "2024.eacl-long.1.mp4"),
            Link("video", "http://slideslive.com/1"),
            Link("attachment", site + "attachments/2024.eacl-long.1.software.zip", "software"),
            Link("erratum", site + "2024.eacl-long.1e1.pdf", "2024-06-19"),
            Link("revision", site + "2024.eacl-long.1v1.pdf", "Version 1"),
            Link("revision", site + "2024.eacl-long.1v2.pdf", "Fixed Table 2."),
            Link("award", "", "Best Paper"),
        )

    def test_code_known_to_exist_without_an_address_is_no_link(self) -> None:
        assert one('<pwccode url="" additional="true"/>').links == ()


class TestNotices:
    def test_a_retracted_paper_stays_with_its_notice(self) -> None:
        record = one('<retracted date="2022-05-06">Wrong script.</retracted>')
        assert record.withdrawn == "Retracted: Wrong script. (2022-05-06)"

    def test_a_removed_paper_and_a_notice_without_reason(self) -> None:
        assert one('<removed date="2021-10-05">Copied.</removed>').withdrawn == "Removed: Copied. (2021-10-05)"
        assert one('<retracted date="2021-08-09"/>').withdrawn == "Retracted (2021-08-09)"

    def test_other_fields(self) -> None:
        record = one("<doi>10.18653/V1/P19-1001</doi><language>fra</language><note>Microfiche 79</note>")
        assert (record.doi, record.language, record.comments) == ("10.18653/v1/p19-1001", "fra", "Microfiche 79")
        assert one("<doi>http://hdl.handle.net/1</doi><language>or so</language>").doi == ""


class TestReferences:
    def test_proceedings_and_pages(self) -> None:
        meta = "<booktitle>Proceedings of X</booktitle><year>2024</year>"
        assert one("<pages>1-11</pages>", meta=meta).journal_ref == "Proceedings of X, pages 1–11"
        assert one("<pages>5</pages>", meta=meta).journal_ref == "Proceedings of X, page 5"
        assert one("<pages>The paper describes the linking</pages>", meta=meta).journal_ref == "Proceedings of X"

    def test_a_journal_is_named_as_its_venue(self) -> None:
        meta = (
            "<booktitle>Computational Linguistics, Volume 45, Issue 2 - June 2019</booktitle><year>2019</year>"
            "<venue>cl</venue><journal-volume>45</journal-volume><journal-issue>2</journal-issue>"
        )
        record = one("<pages>1–40</pages>", meta=meta, attributes='type="journal"')
        assert record.journal_ref == "Computational Linguistics 45(2), 1–40"

    def test_a_paper_of_another_journal(self) -> None:
        assert one("<journal>Baltic Journal</journal><pages>3--4</pages>").journal_ref == "Baltic Journal, 3–4"


VENUES = {
    "acl": "acronym: ACL\nname: Annual Meeting",
    "starsem": "acronym: '*SEM'\nname: Joint Conference on Lexical and Computational Semantics",
    "blackboxnlp": "acronym: BlackboxNLP\nname: BlackboxNLP\nurl: 'javascript:alert(1)'",
    "isa": "acronym: Twice\nname: One",
    "isb": "acronym: TWICE\nname: Other",
    "spaced": "acronym: Two Words\nname: Spaced\nurl: https://two.words",
    "tag": "acronym: TAG+\nname: Tree Adjoining Grammar",
    "thief": "acronym: TAG\nname: Named like another's id",
    "emnlp": "acronym: EMNLP\nname: EMNLP",
    "ijcnlp": "acronym: IJCNLP\nname: IJCNLP",
    "findings": "acronym: Findings\nname: Findings",
    "ws": "acronym: WS\nname: Other Workshops and Events",
}
NAMES = """
- canonical: {first: Léon, last: Dostert}
  variants:
  - {first: Leon, last: Dostert}
  - {first: L. E., last: Dostert}
- canonical: {first: James, last: Allen}
  id: james-allen
  comment: Rochester
  similar: [james-allen-umass]
  variants:
  - {first: James F., last: Allen}
- canonical: {first: James, last: Allen}
  id: james-allen-umass
- nonsense
- canonical: [also, nonsense]
""".encode()
GUIDE = Guide(venues({name: venue_entry(load(text.encode())) for name, text in VENUES.items()}), Spellings())


class TestVenues:
    @pytest.mark.parametrize(
        ("venue_id", "name"),
        [
            ("acl", "ACL"),
            ("starsem", "STARSEM"),
            ("blackboxnlp", "BlackboxNLP"),
            ("isa", "ISA"),
            ("isb", "ISB"),
            ("spaced", "Two-Words"),
            ("tag", "TAG"),
            ("thief", "THIEF"),
            ("unheardof", "UNHEARDOF"),
        ],
    )
    def test_names_are_fit_for_urls_and_nobody_elses(self, venue_id: str, name: str) -> None:
        assert GUIDE.venue(venue_id).name == name

    def test_a_venue_is_found_by_its_id_and_by_its_printed_acronym(self) -> None:
        venue = GUIDE.venue("starsem")
        assert venue.aliases == ("starsem", "*SEM")
        assert venue.full_name == "Joint Conference on Lexical and Computational Semantics"

    def test_only_web_addresses_are_kept(self) -> None:
        assert GUIDE.venue("blackboxnlp").url == ""
        assert GUIDE.venue("spaced").url == "https://two.words"

    def test_without_the_directory_common_names_are_known(self) -> None:
        assert [Guide().venue(name).name for name in ("blackboxnlp", "conll", "acl")] == ["BlackboxNLP", "CoNLL", "ACL"]

    @pytest.mark.parametrize(
        "bad", [b"[", b"just text", b"- a", b"name: no acronym", b"a: *b", b"\xff\xfe\x00", b"[" * 50_000]
    )
    def test_a_broken_directory_is_a_value_error(self, bad: bytes) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            venue_entry(load(bad))


def in_volume(meta: str, volume_id: str = "1", name: str = "P19") -> tuple[Appearance, ...]:
    (record,) = records(xml(volume(paper(), meta=meta + "<year>2019</year>", volume_id=volume_id), name=name), GUIDE)
    return record.appearances


class TestEditions:
    def test_a_joint_conference_is_under_each_name_and_not_in_the_drawer(self) -> None:
        meta = "<booktitle>B</booktitle><venue>acl</venue><venue>ws</venue><venue>ijcnlp</venue>"
        assert [at.edition for at in in_volume(meta)] == ["ACL.2019", "IJCNLP.2019"]
        assert [at.edition for at in in_volume("<booktitle>B</booktitle><venue>ws</venue>")] == ["WS.2019"]

    @pytest.mark.parametrize(
        ("volume_id", "name", "booktitle", "track"),
        [
            ("1", "P19", "Proceedings of the 57th Annual Meeting", ""),
            ("1", "P17", "Proceedings of the 55th Annual Meeting (Volume 1: Long Papers)", "Long"),
            ("2", "P19", "Proceedings of the 57th Annual Meeting: Student Research Workshop", "Student"),
            ("3", "P19", "Proceedings of the 57th Annual Meeting: System Demonstrations", "Demo"),
            ("4", "P19", "Proceedings of the 57th Annual Meeting: Tutorial Abstracts", "Tutorial"),
            ("32", "W19", "Fourth Social Media Mining Workshop &amp; Shared Task", "Workshop"),
            ("main", "2020.acl", "Proceedings", "Main"),
            ("short", "2021.acl", "Proceedings", "Short"),
            ("industry", "2023.acl", "Proceedings", "Industry"),
            ("demos", "2020.acl", "Proceedings", "Demo"),
            ("srw", "2020.acl", "Proceedings", "Student"),
        ],
    )
    def test_the_track_of_a_volume(self, volume_id: str, name: str, booktitle: str, track: str) -> None:
        (at,) = in_volume(f"<booktitle>{booktitle}</booktitle><venue>acl</venue>", volume_id, name)
        assert (at.edition, at.track) == ("ACL.2019", track)

    def test_findings_are_read_under_their_conferences(self) -> None:
        meta = "<booktitle>Findings of the ACL: {} 2019</booktitle><venue>findings</venue>"
        joint = in_volume(meta.format("ACL-IJCNLP"), "acl", "2019.findings")
        assert [(at.edition, at.track) for at in joint] == [("ACL.2019", "Findings"), ("IJCNLP.2019", "Findings")]
        (at,) = in_volume(meta.format("EMNLP"), "emnlp", "2019.findings")
        assert (at.edition, at.track) == ("EMNLP.2019", "Findings")
        (lost,) = in_volume("<booktitle>Findings</booktitle><venue>findings</venue>", "x", "2019.findings")
        assert (lost.edition, lost.track) == ("Findings.2019", "")

    def test_positions_keep_tracks_and_volumes_in_order(self) -> None:
        def one_of(volume_id: str, kind: str) -> str:
            meta = f"<booktitle>P: {kind}</booktitle><year>2019</year><venue>acl</venue>"
            return volume(paper(number="5") + paper(number="3"), meta, volume_id)

        data = xml(
            one_of("1", "Tutorial Abstracts"), one_of("2", "Long Papers"), one_of("3", "Short Papers"), name="P19"
        )
        ordered = sorted(records(data), key=lambda record: record.appearances[0].position or 0)
        assert [record.source_id for record in ordered] == [
            f"P19-{number}" for number in (2005, 2003, 3005, 3003, 1005, 1003)
        ]

    def test_an_edition_is_described_by_its_event(self) -> None:
        event = (
            '<event id="eacl-2024"><meta><title>The 18th Conference</title><location>Malta</location>'
            '<dates>March 17–22</dates></meta><links><url type="website">https://2024.eacl.org</url>'
            '<url type="handbook">h.pdf</url></links><colocated><volume-id>x</volume-id></colocated></event>'
        )
        collection = parse(xml(volume(paper()), event=event))
        edition = editions(collection.volumes, collection.events, Guide())["EACL.2024"]
        assert (edition.venue, edition.year, edition.title) == ("EACL", 2024, "The 18th Conference")
        assert (edition.location, edition.dates, edition.url) == ("Malta", "March 17–22", "https://2024.eacl.org")

    def test_an_edition_is_described_by_its_leading_volume(self) -> None:
        tutorials = "<booktitle>Tutorials</booktitle><address>Elsewhere</address><year>2024</year><venue>eacl</venue>"
        collection = parse(xml(volume(meta=tutorials, volume_id="tutorials"), volume()))
        edition = editions(collection.volumes, (), Guide())["EACL.2024"]
        assert edition.title == "Proceedings of the 18th Conference"
        assert (edition.location, edition.dates) == ("St. Julian’s, Malta", "March 2024")

    def test_a_journals_year_has_its_name_and_no_town(self) -> None:
        meta = (
            "<booktitle>Transactions, Volume 11</booktitle><address>Cambridge, MA</address><year>2023</year>"
            "<venue>tacl</venue><journal-volume>11</journal-volume>"
        )
        collection = parse(xml(volume(meta=meta, volume_id="1", attributes='type="journal"'), name="2023.tacl"))
        edition = editions(collection.volumes, (), Guide())["TACL.2023"]
        assert (edition.title, edition.location) == ("Transactions, Volume 11", "")

    def test_findings_alone_do_not_name_the_conference(self) -> None:
        meta = "<booktitle>Findings: EMNLP 2023</booktitle><year>2023</year><venue>findings</venue>"
        collection = parse(xml(volume(meta=meta, volume_id="emnlp"), name="2023.findings"))
        assert editions(collection.volumes, (), Guide())["EMNLP.2023"].title == ""

    def test_a_venue_that_is_no_name_has_no_edition(self) -> None:
        meta = "<booktitle>B</booktitle><year>2023</year><venue>../../etc</venue>"
        (it,) = parse(xml(volume(meta=meta))).volumes
        assert places(it, Guide()) == ()


class TestWhatCannotBeUsed:
    @pytest.mark.parametrize("inside", ["<abstract>a</abstract>", "<title/>", "<title> \n</title>"])
    def test_a_paper_without_title(self, inside: str) -> None:
        data = xml(
            volume(paper("<title>Before</title>") + "\n" + paper(inside, "2") + paper("<title>After</title>", "3"))
        )
        (aside,) = set_aside(data)
        assert (aside.file, aside.line, aside.reason) == ("x.xml", 6, "no title")
        assert aside.raw.startswith('<paper id="2">')
        assert [record.title for record in records(data)] == ["Before", "After"]

    def test_texts_beyond_measure(self) -> None:
        data = xml(
            volume(
                paper(f"<title>T</title><abstract>{'x' * 10_000_000}</abstract>", "1")
                + paper(f"<title>{'x' * (MAX_TITLE + 1)}</title>", "2")
                + paper(f"<title>{'x' * MAX_TITLE}</title><abstract>{'x' * MAX_ABSTRACT}</abstract>", "3")
            )
        )
        assert [item.reason for item in set_aside(data)] == [
            "abstract of more than 100,000 characters",
            "title of more than 2,000 characters",
        ]
        assert all(len(item.raw) <= MAX_RAW for item in set_aside(data))
        assert len(records(data)) == 1

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\x00",
            b"not xml",
            xml(volume(paper()))[:-30],
            xml(volume(paper("<title>nul\x00</title>"))),
            xml(volume(paper("<title>bell\x07</title>"))),
            xml(volume(paper("<title>&undefined;</title>"))),
            xml(volume(paper("<title>&#xD800;</title>"))),
            b"<?xml version='1.0' encoding='no-such-code'?><collection id='P19'/>",
            b"<html/>",
            b'<collection id="../../etc"/>',
            b"<collection/>",
            xml(volume(paper())).replace(b"A Title", b"A \xff Title"),
        ],
    )
    def test_a_broken_file_is_one_set_aside(self, data: bytes) -> None:
        collection = parse(data, "x.xml")
        (aside,) = collection.papers
        assert isinstance(aside, SetAside)
        assert aside.reason
        assert "\x00" not in aside.raw
        assert "\n" not in aside.reason

    def test_the_line_of_the_fault_is_told(self) -> None:
        data = xml(volume(paper() + "\n<paper id='2'><title>open</paper>"))
        (aside,) = set_aside(data)
        assert aside.line == 6
        assert aside.raw.startswith("<paper id='2'>")

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE c SYSTEM "http://example.org/x.dtd">',
            "<!DOCTYPE c>",
        ],
    )
    def test_declarations_of_entities_are_refused(self, doctype: str) -> None:
        data = xml(volume(paper("<title>&b;</title>"))).replace(b"<collection", doctype.encode() + b"<collection")
        (aside,) = set_aside(data)
        assert aside.reason == "refused: the file declares a DTD or entities"

    def test_frontmatter_is_no_paper(self) -> None:
        assert records(xml(volume("<frontmatter><url>2024.eacl-long.0</url></frontmatter>"))) == []

    def test_a_volume_without_meta(self) -> None:
        data = b'<collection id="P19"><volume id="1"><paper id="1"><title>T</title></paper></volume></collection>'
        assert [item.reason for item in set_aside(data)] == ["the volume's year is missing or absurd"]


class TestOutline:
    def test_it_holds_the_volumes_and_events_of_the_whole(self) -> None:
        data = xml(volume(paper() + paper(number="2")), volume(), event='<event id="eacl-2024"/>')
        whole = parse(data)
        assert outline(data) == Collection(whole.volumes, whole.events)
        assert len(whole.volumes) == 2

    @pytest.mark.parametrize("data", [b"", b"<a", xml(volume("<paper id='1'>"))])
    def test_of_a_broken_file_is_empty(self, data: bytes) -> None:
        assert outline(data) == Collection()

    def test_a_file_of_unclosed_papers_takes_no_time(self) -> None:
        assert outline(b"<paper " * 1_000_000) == Collection()
