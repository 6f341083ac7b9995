from papers.text import clean, fold, name_key, title_key, words


def test_clean_drops_what_cannot_be_stored_or_shown() -> None:
    assert clean("a\x00b\x07c\ud800d") == "abcd"
    assert clean("  two\n lines\tand  spaces ") == "two lines and spaces"


def test_clean_drops_marks_that_turn_the_page_around_but_keeps_right_to_left_text() -> None:
    assert clean("safe\u202eevil\u2066") == "safeevil"
    assert clean("تعلم \u200fالآلة") == "تعلم \u200fالآلة"


def test_clean_composes_combining_marks() -> None:
    assert clean("Erdo\u030bs") == "Erdős"


def test_clean_of_clean_text_is_the_same_text() -> None:
    text = "A plain title: with 3 words & more"
    assert clean(text) is text or clean(text) == text


def test_fold_makes_accents_width_and_case_equal() -> None:
    assert fold("Ｅrdős") == fold("erdos")
    assert fold("Łukasz Ærø STRAẞE") == "lukasz aero strasse"


def test_fold_keeps_chinese_and_hangul() -> None:
    assert fold("深度学习") == "深度学习"
    assert fold("한국어") == "한국어"


def test_words_leave_tex_commands_out() -> None:
    assert words(r"A $\mathcal{O}(n^2)$ bound") == ["a", "o", "n", "2", "bound"]


def test_title_keys_ignore_case_accents_tex_and_punctuation() -> None:
    key = title_key("BERT: Pre-training of Deep Bidirectional Transformers")
    assert key == title_key("BERT: {P}re-Training of deep bidirectional transformers.")
    assert key != title_key("BERT: Pre-training of Deep Unidirectional Transformers")
    assert -(2**63) <= key < 2**63


def test_a_title_too_short_to_tell_works_apart_has_no_key() -> None:
    assert title_key("Introduction") == title_key("Preface") == title_key("") == 0


def test_name_keys_are_family_then_first_given_name() -> None:
    assert name_key("Knuth", "Donald E.") == "knuth donald"
    assert name_key("Erdős", "Pál") == "erdos pal"
    assert name_key("", "") == ""
