"""The query language: what is typed, how it is read, and what is said of what was not understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.help import SECTIONS
from search.language.clauses import Author, Code, Either, Every, Not, Span, Text
from search.language.tokens import MAX_MISREAD
from search.query import MAX_LENGTH, MAX_WORDS, parse

# Typed, canonical form, codes of what was misread. Where no form stands the text is canonical already.
GRAMMAR: list[tuple[str, str | None, str]] = [
    # words
    ("neural machine translation", None, ""),
    ("  two\n words\x00 ", "two words", ""),
    ("Attention: a survey", None, ""),
    ("state-of-the-art", None, ""),
    ("BERT - a model", "BERT a model", ""),
    ("page 1 -- page 2", "page 1 page 2", ""),
    ("3:1 ratio", None, ""),
    ("https://example.org/x?y=z", None, ""),
    ("O(n log n) sorting", "O(n log n sorting", ""),
    ("f(x) and p(y|x)", None, ""),
    ("or and not", None, ""),
    ("LEARNING TO RANK OR NOT TO", "LEARNING TO RANK or not TO", ""),
    ("SELECT * FROM x; DROP TABLE y", None, ""),
    ("<script>alert(1)</script>", None, ""),
    ("🙂", None, ""),
    ("机器翻译 BERT", None, ""),
    # phrases
    ('"beam search"', None, ""),
    ("“beam search”", '"beam search"', ""),
    ("＂beam search＂", '"beam search"', ""),
    ("„beam search“", '"beam search"', ""),
    ("「注意力机制」", '"注意力机制"', ""),
    ("基于“注意力”的翻译", '基于 的翻译 "注意力"', ""),
    ('"one"', None, ""),
    ('a "b c" d "e f"', 'a d "b c" "e f"', ""),
    ('"a b" "a b"', '"a b"', ""),
    ('""', "", ""),
    ('"?!" x', "?! x", ""),
    ('5" disk', None, ""),
    # exclusions
    ("-speech", '-"speech"', ""),
    ('"beam search" -speech cat:cs.CL', '"beam search" cat:cs.CL -"speech"', ""),
    ('-"speech recognition"', None, ""),
    ("-ti:speech", None, ""),
    ("NOT speech", '-"speech"', ""),
    ("parsing NOT speech", 'parsing -"speech"', ""),
    ("-(a b)", '-"a" -"b"', ""),
    ('-("a b" ti:c)', '-("a b" ti:c)', ""),
    ("-(-a)", '"a"', ""),
    ("NOT NOT a", "a", ""),
    # alternatives
    ("a OR b", "a b", ""),
    ("a | b", "a b", ""),
    ('"a b" OR c', '("a b" OR "c")', ""),
    ('"a b"|"c d"', '("a b" OR "c d")', ""),
    ('("a b" OR c) d', 'd ("a b" OR "c")', ""),
    ('"a b" OR (c d)', '("a b" OR "c" OR "d")', ""),
    ('"a" OR ("b" "c")', '("a" OR ("b" "c"))', ""),
    ('"a" OR -b', '("a" OR -"b")', ""),
    ("ti:a OR ti:b OR ti:a", "(ti:a OR ti:b)", ""),
    ('"a" OR "a"', '"a"', ""),
    ('x "a" OR "b" y', 'x y ("a" OR "b")', ""),
    ("syntax AND semantics", '"syntax" "semantics"', ""),
    ("a AND (b OR c)", '"a" ("b" OR "c")', ""),
    ("(a b) c", "a b c", ""),
    ("((a))", "a", ""),
    # texts
    ("ti:attention", None, ""),
    ("title:attention", "ti:attention", ""),
    ("TI:Attention", "ti:Attention", ""),
    ('ti:"beam search"', None, ""),
    ("ti:(beam search)", "ti:beam ti:search", ""),
    ("ti:(beam OR search)", "(ti:beam OR ti:search)", ""),
    ('ti:(a -b "c d")', 'ti:a ti:"c d" -ti:b', ""),
    ("ti:graph-based", 'ti:"graph-based"', ""),
    ("ti：注意力", "ti:注意力", ""),
    ("abs:(a au:b)", "abs:a au:b", ""),
    ("abstract:x", "abs:x", ""),
    # authors
    ("au:vaswani", None, ""),
    ("author:Vaswani", "au:Vaswani", ""),
    ("au:vas*", None, ""),
    ('au:"ashish vas*"', None, ""),
    ('au:"Vaswani, Ashish"', None, ""),
    ("au:(knuth OR erdős)", "(au:knuth OR au:erdős)", ""),
    ("-au:knuth", None, ""),
    # codes
    ("cat:cs.CL", None, ""),
    ("category:CS.cl", "cat:CS.cl", ""),
    ("cat:cs.*", None, ""),
    ("cat:cs.CL,cs.LG", "(cat:cs.CL OR cat:cs.LG)", ""),
    ("cat:(cs.CL OR math-ph)", "(cat:cs.CL OR cat:math-ph)", ""),
    ("venue:ACL", None, ""),
    ("venue:ACL.2019", None, ""),
    ("venue:acl 2019", "venue:acl.2019", ""),
    ('venue:"acl 2019"', None, ""),
    ("venue:acl 12", "12 venue:acl", ""),
    ('track:"Long Papers"', None, ""),
    ("id:1706.03762", None, ""),
    ("arxiv:hep-th/9901001 x", "x id:hep-th/9901001", ""),
    ("has:pdf has:CODE", "has:pdf has:code", ""),
    ("-has:venue", None, ""),
    ("in:arxiv", None, ""),
    ("source:acl", "in:acl", ""),
    # years and days
    ("year:2019", None, ""),
    ("year:2019..2023", None, ""),
    ("year:2019-2023", "year:2019..2023", ""),
    ("year:2023..2019", "year:2019..2023", ""),
    ("year:2019..", None, ""),
    ("year:..2019", None, ""),
    ("year:>=2020", "year:2020..", ""),
    ("year:>2020", "year:2021..", ""),
    ("year:<2020", "year:..2019", ""),
    ("year:2019,2021", "(year:2019 OR year:2021)", ""),
    ("date:2024-02", "date:2024-02-01..2024-02-29", ""),
    ("date:2024-01..2024-03-15", "date:2024-01-01..2024-03-15", ""),
    ("date:20240315", "date:2024-03-15", ""),
    ("date:>=2024-03", "date:2024-03-01..", ""),
    ("date:<2024-03", "date:..2024-02-29", ""),
    ("date:2024", "date:2024-01-01..2024-12-31", ""),
    # not understood
    ("-", "", "minus"),
    ("a -", "a", "minus"),
    ("- a", "a", "minus"),
    ("--a", "a", "minus"),
    ("ti:", "ti", "no-value"),
    ("ti: attention", "ti attention", "no-value"),
    ("(ti:)", "ti", "no-value"),
    ("colour:blue sky", "colour blue sky", "unknown-field"),
    ("-colour:blue", '-"colour blue"', "unknown-field"),
    ("year:9999..-1", "year 9999 1", "bad-value"),
    ("year:..", "year", "bad-value"),
    ("year:soon", "year soon", "bad-value"),
    ("date:2024-13", "date 2024 13", "bad-value"),
    ("date:2024-02-30", "date 2024 02 30", "bad-value"),
    ("has:wings", "has wings", "bad-value"),
    ("in:space", "in space", "bad-value"),
    ('"beam search', "beam search", "quote"),
    ('ti:"beam search', "search ti:beam", "quote"),
    ("“beam", "beam", "quote"),
    ("(a b", "a b", "parenthesis"),
    ("a b)", "a b", "parenthesis"),
    ("((((", "", "parenthesis"),
    ("a OR", "a", "operator"),
    ("OR a", "a", "operator"),
    ("OR OR OR", "", "operator"),
    ("a NOT", "a", "operator"),
    ("(" * 40 + "a" + ")" * 40, "a", "depth"),
    ('one two three four five six seven eight nine ten eleven "as if"',
     "one two three four five six seven eight nine ten eleven as if", "prose"),
    ("a note on the paper by Porcu arXiv:0812.2936", "a note on the paper by Porcu arXiv 0812 2936", "prose"),
    ("a note on the paper by Porcu id:0812.2936", "a note on the paper by Porcu id:0812.2936", ""),
    ("a note on arxiv:0812.2936", "a note on id:0812.2936", ""),
    ("A (weighted)-norm inequality", "A weighted norm inequality", ""),
    ("O(m^2 log m)-competitive", "O(m^2 log m competitive", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "form", "codes"), GRAMMAR, ids=[row[0][:40] for row in GRAMMAR])
def test_what_is_typed_is_read_so(typed: str, form: str | None, codes: str) -> None:
    query = parse(typed)
    assert str(query) == (typed if form is None else form)
    assert " ".join(piece.code for piece in query.misread) == codes
    assert parse(str(query)) == query


def test_a_query_is_plain_values() -> None:
    query = parse('deep au:"ashish vas*" ti:(a OR "b c") cat:cs.CL year:2019.. -date:2024-03 -("x" "y")')
    assert query.words == ("deep",)
    assert query.required == (
        Author("ashish vas", prefix=True),
        Either((Text("ti", "a"), Text("ti", "b c"))),
        Code("cat", "cs.CL"),
        Span("year", 2019, None),
    )
    assert query.excluded == (Span("date", 20240301, 20240331), Every((Text("", "x"), Text("", "y"))))
    assert query.filters[-1] == Not(Every((Text("", "x"), Text("", "y"))))
    assert query.plain == "deep a b c"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("neural machine translation", "neural machine translation"),
        ('neural "machine translation" models', "neural machine translation models"),
        ("ti:attention abs:(is all) need -speech", "attention is all need"),
        ("au:vaswani cat:cs.CL year:2017 has:pdf in:arxiv venue:ACL", ""),
        ("“注意力”机制", "注意力 机制"),
        ("(a OR b) AND c", "a b c"),
        ("colour:blue", "colour blue"),
    ],
)
def test_the_encoder_reads_what_it_is_about_and_no_operators(typed: str, plain: str) -> None:
    assert parse(typed).plain == plain


def test_a_filter_can_be_taken_back() -> None:
    query = parse('deep "beam search" cat:cs.CL -speech')
    assert [str(query.without(clause)) for clause in query.filters] == [
        'deep cat:cs.CL -"speech"',
        'deep "beam search" -"speech"',
        'deep "beam search" cat:cs.CL',
    ]


def test_equal_queries_are_equal_however_typed() -> None:
    assert parse("title:(a) AND author:knuth") == parse("ti:a au:knuth")
    assert parse("ti:a") != parse("abs:a")


@pytest.mark.parametrize(
    "example", [example for section in SECTIONS for example in section.examples], ids=lambda example: example.query
)
def test_examples_of_the_help_page_are_read_as_they_say(example: object) -> None:
    query = parse(example.query)  # type: ignore[attr-defined]
    assert bool(query.misread) is example.is_misread  # type: ignore[attr-defined]
    assert parse(str(query)) == query
    assert query.words or query.filters


def test_the_help_page_shows_every_field() -> None:
    shown = " ".join(example.query for section in SECTIONS for example in section.examples)
    fields = ("ti", "abs", "au", "cat", "venue", "track", "year", "date", "id", "has", "in")
    assert [name for name in fields if f"{name}:" not in shown] == []


PIECES = st.sampled_from(
    [
        *(
            "a",
            "Foo",
            "OR",
            "AND",
            "NOT",
            "-",
            "(",
            ")",
            '"',
            "“",
            "”",
            "「",
            "」",
            " ",
            " ",
            " ",
            "ti:",
            "au:",
            "cat:",
        ),
        *("year:", "date:", "has:", "in:", "venue:", "foo:", "2019", "2019..2021", "..", ">=", "x*", ",", "|", "｜"),
        *(
            "＂",
            "：",
            "机器",
            "🙂",
            "pdf",
            "é",
            "O(n",
            "/",
            "@",
            ".",
            "[",
            "2024-02-30",
            "99999999",
            "*",
            "'",
            "\\",
            "$",
        ),
        *("\u202e", "\x00"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=200)


@given(TEXTS)
@settings(max_examples=400)
def test_anything_is_a_query_and_its_form_is_stable(text: str) -> None:
    query = parse(text)
    again = parse(str(query))
    assert again == query
    assert str(again) == str(query)
    assert len(query.misread) <= MAX_MISREAD + 2
    assert query.plain or not query.words


BOMBS = {
    "parentheses": "(" * 10_000,
    "closed": ")" * 10_000,
    "nested": "(a " * 3_000,
    "nested fields": "ti:(" * 3_000,
    "exclusions": "-(" * 5_000,
    "quotes": '"' * 10_000,
    "openers": "“" * 10_000,
    "alternatives": "a OR " * 1_000,
    "phrases": '"a b" OR ' * 1_000,
    "minus": "-" * 10_000,
    "bars": "a|" * 5_000,
    "list": "cat:" + "cs.CL," * 2_000,
    "one word": "x" * 10_000,
    "500 terms": " ".join(f"word{number}" for number in range(500)),
    "stars": 'au:"' + "*" * 5_000,
    "Chinese": "注意力" * 3_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_a_query_of_bounded_size(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_LENGTH
    assert len(query.words) + len(query.filters) <= MAX_LENGTH
    assert len(query.text.split()) <= MAX_WORDS
    assert len(str(query)) <= 10 * MAX_LENGTH
    assert parse(str(query)) == query or query.shortened
