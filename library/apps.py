from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self) -> None:
        from library.answers import joining
        from papers.joins import brought_together

        brought_together.connect(joining.bring_together, dispatch_uid="answers go with their paper")
