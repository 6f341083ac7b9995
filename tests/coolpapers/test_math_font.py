from fontTools.ttLib import TTFont

from coolpapers import math_font


def test_the_font_of_formulas_is_cut_small_and_keeps_its_licence() -> None:
    path = math_font.built()
    assert path.stat().st_size < 400_000
    font = TTFont(str(path))
    letters = font.getBestCmap()
    assert all(ord(letter) in letters for letter in "aα∑∫√𝔽𝒪≤→⟨")
    assert "MATH" in font
    assert "Open Font License" in font["name"].getDebugName(13)


def test_it_is_found_under_the_name_that_the_style_sheet_uses() -> None:
    finder = math_font.MathFontFinder()
    assert finder.find(math_font.NAME) == str(math_font.built())
    assert finder.find("papers/other.woff2") == []
    assert [name for name, _ in finder.list(None)] == [math_font.NAME]
