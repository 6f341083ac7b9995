import pytest

from papers import selection
from papers.selection import Selection, UnknownCategory, parse


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("cs.CL", Selection(("cs.CL",))),
        ("CS.cl", Selection(("cs.CL",))),
        ("cs.AI,cs.CL", Selection(("cs.AI", "cs.CL"))),
        ("cs.AI+cs.LG-cs.CY-econ.GN", Selection(("cs.AI", "cs.LG"), ("cs.CY", "econ.GN"))),
        ("cs.AI cs.LG -cs.CY", Selection(("cs.AI", "cs.LG"), ("cs.CY",))),
        ("cs.AI, cs.LG", Selection(("cs.AI", "cs.LG"))),
        ("cs.AI,cs.AI", Selection(("cs.AI",))),
        ("cs.CL+", Selection(("cs.CL",))),
        ("cs.CL-", Selection(("cs.CL",))),
        ("cond-mat.str-el", Selection(("cond-mat.str-el",))),
        ("cond-mat.str-el-hep-th", Selection(("cond-mat.str-el",), ("hep-th",))),
        ("hep-th-math-ph+q-bio.NC", Selection(("hep-th", "q-bio.NC"), ("math-ph",))),
        ("physics.acc-ph-physics.comp-ph", Selection(("physics.acc-ph",), ("physics.comp-ph",))),
        ("astro-ph-astro-ph.CO", Selection(("astro-ph",), ("astro-ph.CO",))),
        ("math.MP", Selection(("math-ph",))),
        ("cmp-lg,cs.CL", Selection(("cs.CL",))),
        ("cs", Selection(("cs",))),
        ("CS,stat-Math", Selection(("cs", "stat"), ("math",))),
        ("math-ph-math-math.AG", Selection(("math-ph",), ("math", "math.AG"))),
    ],
)  # fmt: skip
def test_reads_unions_and_exclusions(spec: str, expected: Selection) -> None:
    assert parse(spec) == expected


@pytest.mark.parametrize("spec", ["", "+", "-cs.AI", "cs.ZZ", "cs.AI,nope", "cs.CLx", "<script>", "cs.AI;cs.CL"])
def test_refuses_what_is_no_category_list(spec: str) -> None:
    with pytest.raises(UnknownCategory):
        parse(spec)


def test_names_what_it_could_not_read() -> None:
    with pytest.raises(UnknownCategory) as refused:
        parse("cs.AI+cs.ZZ,cs.CL")
    assert refused.value.typed == "cs.ZZ"


def test_knows_codes_that_the_taxonomy_lacks_if_told() -> None:
    assert parse("cs.QQ-cs.AI", {"cs.QQ"}) == Selection(("cs.QQ",), ("cs.AI",))


def test_a_spec_reads_back_as_the_same_selection() -> None:
    chosen = parse("hep-th-math-ph+q-bio.NC")
    assert parse(chosen.spec) == chosen


def test_exclusion_covers_the_old_codes_of_a_category() -> None:
    assert set(parse("cs.AI-math-ph").excluded_spellings) == {"math-ph", "math.MP"}


def test_an_archive_is_all_of_its_categories_each_once() -> None:
    chosen = parse("cs.CL,cs,math.NA")
    assert chosen.codes[0] == "cs.CL"
    assert {"cs.CL", "cs.LG", "math.NA"} <= set(chosen.codes)
    assert len(chosen.codes) == len(set(chosen.codes))
    assert chosen.spec == "cs.CL+cs+math.NA"


def test_leaving_an_archive_out_leaves_all_of_its_categories_out() -> None:
    found = parse("stat-math").excluded_spellings
    assert {"math.AG", "math-ph", "math.MP", "math.NA", "cs.NA"} <= set(found)
    assert "stat.ML" not in found


def test_a_long_hostile_spec_is_refused_quickly() -> None:
    with pytest.raises(UnknownCategory):
        parse("cs.AI," * 3_000 + "x")
    with pytest.raises(UnknownCategory):
        parse("-" * 20_000)


def test_suggests_codes_for_codes_and_for_names() -> None:
    assert "cs.CL" in selection.similar("cs.CLL")
    assert selection.similar("machine learning")[0] in ("cs.LG", "stat.ML")
