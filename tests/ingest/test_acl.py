"""The Anthology's three forms on disk: folder, archive, one file."""

import io
import lzma
import os
import tarfile
from pathlib import Path

import pytest

from ingest.items import Item, SetAside, Taken
from ingest.sources import acl
from papers.record import EditionRecord, VenueRecord


def xml(name: str, volume: str, booktitle: str, venue: str, *titles: str) -> bytes:
    papers = "".join(
        f'<paper id="{number}"><title>{title}</title><author><first>Leon</first><last>Dostert</last></author></paper>'
        for number, title in enumerate(titles, start=1)
    )
    return (
        f'<collection id="{name}"><volume id="{volume}" type="proceedings"><meta><booktitle>{booktitle}</booktitle>'
        f"<month>July</month><year>2023</year><venue>{venue}</venue></meta>{papers}</volume></collection>"
    ).encode()


FILES = {
    "xml/2023.findings.xml": xml("2023.findings", "acl", "Findings: ACL 2023", "findings", "A finding"),
    "xml/2023.acl.xml": xml("2023.acl", "long", "Proceedings of the 61st Meeting", "acl", "First", "Second"),
    "xml/2023.blackboxnlp.xml": xml("2023.blackboxnlp", "1", "Sixth BlackboxNLP", "blackboxnlp", "Inside"),
    "xml/schema.rnc": b"start = Collection",
    "yaml/venues/acl.yaml": b"acronym: ACL\nname: Annual Meeting\n",
    "yaml/venues/blackboxnlp.yaml": b"acronym: BlackBoxNLP\nname: Analysing neural networks\n",
    "yaml/venues/findings.yaml": b"acronym: Findings\nname: Findings\n",
    "yaml/sigs/sigann.yaml": b"[",
    "yaml/name_variants.yaml": (
        "- canonical: {first: Léon, last: Dostert}\n  variants:\n  - {first: Leon, last: Dostert}\n".encode()
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(tmp_path / "data", FILES)


def unpacked(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def packed(path: Path, files: dict[str, bytes], mode: str = "w:xz", prefix: str = "data/") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            add(archive, prefix + name, data)
    return path


def add(archive: tarfile.TarFile, name: str, data: bytes = b"", **rest: object) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    for key, value in rest.items():
        setattr(member, key, value)
    archive.addfile(member, io.BytesIO(data))


def names(pairs: list[tuple[str, list[Item]]]) -> list[str]:
    return [name for name, _ in pairs]


def titles(pairs: list[tuple[str, list[Item]]]) -> list[str]:
    return sorted(item.record.title for _, items in pairs for item in items if isinstance(item, Taken))


def set_aside(pairs: list[tuple[str, list[Item]]]) -> list[SetAside]:
    return [item for _, items in pairs for item in items if isinstance(item, SetAside)]


EVERY_TITLE = ["A finding", "First", "Inside", "Second"]


class TestForms:
    def test_a_folder_comes_by_name(self, folder: Path) -> None:
        pairs = list(acl.read(folder))
        assert names(pairs) == ["xml/2023.acl.xml", "xml/2023.blackboxnlp.xml", "xml/2023.findings.xml"]
        assert titles(pairs) == EVERY_TITLE
        assert set_aside(pairs) == []

    def test_the_folder_above_will_do(self, folder: Path) -> None:
        assert titles(list(acl.read(folder.parent))) == EVERY_TITLE

    @pytest.mark.parametrize(("name", "mode"), [("a.tar.xz", "w:xz"), ("a.tar.gz", "w:gz"), ("a.tar", "w:")])
    def test_an_archive_gives_what_the_folder_gives_in_its_own_order(
        self, folder: Path, tmp_path: Path, name: str, mode: str
    ) -> None:
        pairs = list(acl.read(packed(tmp_path / name, FILES, mode)))
        assert names(pairs) == [name for name in FILES if name.endswith(".xml")]
        assert dict(pairs) == dict(acl.read(folder))

    def test_the_order_of_an_archive_does_not_matter_for_what_it_says(self, tmp_path: Path) -> None:
        backwards = packed(tmp_path / "b.tar.xz", dict(reversed(FILES.items())), prefix="./anthology/data/")
        assert dict(acl.read(backwards)) == dict(acl.read(packed(tmp_path / "a.tar.xz", FILES)))

    def test_one_file_in_the_folder_is_named_as_in_the_whole(self, folder: Path) -> None:
        ((name, items),) = acl.read(folder / "xml" / "2023.blackboxnlp.xml")
        assert name == "2023.blackboxnlp.xml"
        assert [item.name for item in items if isinstance(item, EditionRecord)] == ["BlackBoxNLP.2023"]

    def test_one_file_alone_falls_back_on_what_is_known(self, tmp_path: Path) -> None:
        path = tmp_path / "2023.blackboxnlp.xml"
        path.write_bytes(FILES["xml/2023.blackboxnlp.xml"])
        ((_, items),) = acl.read(path)
        assert [item.name for item in items if isinstance(item, VenueRecord)] == ["BlackboxNLP"]

    @pytest.mark.parametrize("form", ["folder", "archive", "file"])
    def test_files_are_counted(self, folder: Path, tmp_path: Path, form: str) -> None:
        archive = packed(tmp_path / "a.tar.xz", FILES)
        path = {"folder": folder, "archive": archive, "file": folder / "xml" / "2023.acl.xml"}[form]
        assert acl.count(path) == (1 if form == "file" else 3)


class TestItems:
    def test_venues_and_editions_come_before_the_papers_that_name_them(self, folder: Path) -> None:
        items = dict(acl.read(folder))["xml/2023.findings.xml"]
        assert [type(item) for item in items] == [VenueRecord, EditionRecord, Taken]

    def test_an_edition_is_the_same_in_every_file(self, folder: Path) -> None:
        pairs = dict(acl.read(folder))
        (mine,) = [item for item in pairs["xml/2023.acl.xml"] if isinstance(item, EditionRecord)]
        (again,) = [item for item in pairs["xml/2023.findings.xml"] if isinstance(item, EditionRecord)]
        assert mine == again
        assert (mine.name, mine.title, mine.dates) == ("ACL.2023", "Proceedings of the 61st Meeting", "July 2023")

    def test_spellings_reach_the_authors(self, folder: Path) -> None:
        items = dict(acl.read(folder))["xml/2023.acl.xml"]
        authors = [item.record.authors[0] for item in items if isinstance(item, Taken)]
        assert {(author.name, author.variants) for author in authors} == {("Leon Dostert", ("Léon Dostert",))}


class TestFaults:
    def test_a_broken_file_is_set_aside_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        files = {**FILES, "xml/2023.acl.xml": b"<collection id='2023.acl'>\n<volume>\n</collection>"}
        for path in (unpacked(tmp_path / "data", files), packed(tmp_path / "a.tar.xz", files)):
            pairs = list(acl.read(path))
            assert titles(pairs) == ["A finding", "Inside"]
            (fault,) = set_aside(pairs)
            assert (fault.file, fault.line) == ("xml/2023.acl.xml", 3)

    def test_unreadable_yaml_is_set_aside_and_ids_stand_in(self, tmp_path: Path) -> None:
        broken = {"yaml/venues/acl.yaml": b"[", "yaml/name_variants.yaml": b"a: b: c"}
        pairs = list(acl.read(unpacked(tmp_path / "data", FILES | broken)))
        assert titles(pairs) == EVERY_TITLE
        assert sorted(fault.file for fault in set_aside(pairs)) == sorted(broken)
        assert all(fault.reason.startswith("unreadable YAML: ") for fault in set_aside(pairs))
        assert "ACL.2023" in {item.name for _, items in pairs for item in items if isinstance(item, EditionRecord)}

    @pytest.mark.parametrize("kind", ["w:xz", "w:gz"])
    def test_an_archive_cut_short_gives_what_came_before(self, tmp_path: Path, kind: str) -> None:
        noise = {f"xml/2023.w{number}.xml": os.urandom(4_000) for number in range(40)}
        whole = packed(tmp_path / "whole", {**FILES, **noise}, kind).read_bytes()
        path = tmp_path / "cut.tar"
        path.write_bytes(whole[: len(whole) * 3 // 4])
        pairs = list(acl.read(path))
        assert titles(pairs) == EVERY_TITLE
        assert names(pairs)[-1] == "cut.tar"
        assert set_aside(pairs)[-1].reason.startswith("the archive breaks off: ")

    @pytest.mark.parametrize("data", [b"", b"no archive", lzma.compress(b"text"), b"\x1f\x8b broken"])
    def test_what_is_no_archive_is_refused(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "a.tar.xz"
        path.write_bytes(data)
        with pytest.raises(ValueError, match="neither an archive nor"):
            list(acl.read(path))

    def test_an_archive_of_something_else_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="holds no file"):
            list(acl.read(packed(tmp_path / "a.tar.gz", {"README": b"hello"}, "w:gz")))

    def test_a_dangling_link_in_the_folder_is_set_aside(self, folder: Path) -> None:
        (folder / "xml" / "2023.gone.xml").symlink_to(folder / "nowhere.xml")
        pairs = list(acl.read(folder))
        assert titles(pairs) == EVERY_TITLE
        assert [fault.file for fault in set_aside(pairs)] == ["xml/2023.gone.xml"]

    def test_an_empty_folder_is_refused_and_a_missing_path_told(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no xml folder"):
            list(acl.read(tmp_path))
        for name in ("a.xml", "a.tar.xz"):
            with pytest.raises(FileNotFoundError):
                list(acl.read(tmp_path / name))

    def test_a_file_beyond_measure_is_set_aside_unread(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(acl, "MAX_FILE", len(FILES["xml/2023.acl.xml"]) - 1)
        for path in (folder, packed(tmp_path / "a.tar.xz", FILES)):
            pairs = list(acl.read(path))
            assert titles(pairs) == ["A finding", "Inside"]
            assert [fault.file for fault in set_aside(pairs)] == ["xml/2023.acl.xml"]

    def test_a_hostile_archive_touches_nothing_outside(self, tmp_path: Path) -> None:
        (tmp_path / "secret.xml").write_bytes(FILES["xml/2023.acl.xml"])
        path = tmp_path / "a.tar"
        with tarfile.open(path, "w:") as archive:
            add(archive, "data/xml/link.xml", type=tarfile.SYMTYPE, linkname=str(tmp_path / "secret.xml"))
            add(archive, "data/xml/hard.xml", type=tarfile.LNKTYPE, linkname=str(tmp_path / "secret.xml"))
            add(archive, "data/xml/pipe.xml", type=tarfile.FIFOTYPE)
            add(archive, "data/xml/._2023.acl.xml", b"resource fork")
            add(archive, "data/xml/a\nb.xml", b"newline in its name")
            add(archive, "../../../escape/xml/2023.findings.xml", FILES["xml/2023.findings.xml"])
            add(archive, "/other/xml/2023.findings.xml", b"the same name again")
        pairs = list(acl.read(path))
        assert titles(pairs) == ["A finding"]
        assert sorted(file.name for file in tmp_path.iterdir()) == ["a.tar", "secret.xml"]

    def test_no_path_of_the_machine_is_told(self, tmp_path: Path) -> None:
        files = {**FILES, "xml/2023.acl.xml": b"<", "yaml/venues/acl.yaml": b"["}
        for path in (unpacked(tmp_path / "data", files), packed(tmp_path / "a.tar.xz", files)):
            for fault in set_aside(list(acl.read(path))):
                assert str(tmp_path) not in fault.file + fault.reason + fault.raw
