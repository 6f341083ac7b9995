from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from papers import keywords
        from search.models import PaperKeywords

        keywords.register(PaperKeywords.of_papers)
