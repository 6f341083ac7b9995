from papers import taxonomy


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
