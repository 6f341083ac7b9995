from papers import taxonomy
from papers.category_names import category_name


def test_every_group_has_active_categories_of_its_own() -> None:
    groups = taxonomy.groups()
    assert {"Computer Science", "Mathematics", "Physics", "Quantitative Biology", "Economics"} <= groups.keys()
    assert all(category.active and not category.same_as for found in groups.values() for category in found)


def test_double_and_old_codes_are_listed_under_one() -> None:
    assert taxonomy.canonical("math.MP") == "math-ph"
    assert taxonomy.canonical("cmp-lg") == "cs.CL"
    assert taxonomy.canonical("cs.CL") == "cs.CL"
    assert taxonomy.canonical("cs.XX") == "cs.XX"


def test_codes_are_found_in_any_case() -> None:
    assert taxonomy.spelling("CS.cl") == "cs.CL"
    assert taxonomy.spelling("COND-MAT.str-el") == "cond-mat.str-el"
    assert taxonomy.spelling("cs.XX") is None


def test_an_archive_is_all_that_is_listed_under_it_today() -> None:
    found = taxonomy.archives()
    assert {"cs.CL", "cs.LG", "math.NA", "eess.SY"} <= set(found["cs"])  # cs.NA and cs.SY are other names of these two
    assert "cs" not in found["cs"]
    assert "astro-ph" in found["astro-ph"]  # older papers bear it
    assert "math-ph" in found["math"]
    assert "hep-th" not in found
    assert sorted(found) == sorted(
        ["astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin", "stat"]
    )
    assert all(len(codes) == len(set(codes)) for codes in found.values())


def test_each_archive_stands_in_one_group_and_has_a_name() -> None:
    groups = taxonomy.archive_groups()
    assert sorted(code for codes in groups.values() for code in codes) == sorted(taxonomy.archives())
    assert groups["Computer Science"] == ["cs"]
    names = {code: category_name(code) for code in taxonomy.archives()}
    assert (names["cs"], names["nlin"]) == ("Computer Science", "Nonlinear Sciences")
    assert (names["physics"], names["astro-ph"]) == ("Physics", "Astrophysics")
    assert not set(names) & set(names.values())
