"""Links that authors wrote into their texts."""

import pytest

from papers.project_links import MOST, project_links


@pytest.mark.parametrize(
    ("text", "kind", "url"),
    [
        ("Code is at https://github.com/foo/bar.", "code", "https://github.com/foo/bar"),
        ("(see https://gitlab.inria.fr/a/b)", "code", "https://gitlab.inria.fr/a/b"),
        (r"at \url{https://github.com/a\_b/c.git}", "code", "https://github.com/a_b/c.git"),
        (r"\href{https://huggingface.co/datasets/x/y}{data}", "data", "https://huggingface.co/datasets/x/y"),
        ("https://huggingface.co/org/model", "model", "https://huggingface.co/org/model"),
        ("available at github.com/foo/bar, soon", "code", "https://github.com/foo/bar"),
        ("https://foo.github.io/project/!", "page", "https://foo.github.io/project/"),
        ("http://www.x.org/a_(b).", "page", "http://www.x.org/a_(b)"),
        ("代码见 https://gitee.com/a/b。", "code", "https://gitee.com/a/b"),
    ],
)
def test_finds_a_link_without_the_sentence_around_it(text: str, kind: str, url: str) -> None:
    assert [(link.kind, link.url) for link in project_links([text])] == [(kind, url)]


@pytest.mark.parametrize(
    "text",
    [
        "", "no link", "https://", "http://localhost/x", "https://[::1", "javascript:alert(1)", "https://u:p@h.com/x",
        "https://arxiv.org/abs/1706.03762", "https://doi.org/10.1/2", "https://github.com", "notgithub.com/a/b",
        "https://x.org/" + "a" * 400,
    ],
)  # fmt: skip
def test_finds_nothing_where_no_project_is_linked(text: str) -> None:
    assert project_links([text]) == ()


def test_tells_each_link_once_and_not_too_many() -> None:
    same = ["https://github.com/Foo/Bar and http://www.github.com/foo/bar.git", "https://github.com/foo/bar/"]
    assert [link.label for link in project_links(same)] == ["github.com/Foo/Bar"]
    many = " ".join(f"https://x.org/{number}" for number in range(50))
    assert len(project_links([many])) == MOST


def test_a_text_made_to_be_slow_is_read_at_once() -> None:
    assert project_links(["http" * 50_000, "https://a.b/" + "(" * 50_000]) == ()
