from collections.abc import Sequence

from django.apps import AppConfig

from papers.preference import Scores, Word


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from papers import keywords, preference
        from search.models import PaperKeywords

        keywords.register(PaperKeywords.of_papers)
        preference.register(_scores)


def _scores(words: Sequence[Word], paper_ids: Sequence[int]) -> Scores | None:
    """Loaded at the first use, with the index."""
    from search import preference

    return preference.scores(words, paper_ids)
