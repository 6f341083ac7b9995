"""What the library keeps. Each part has its models beside it."""

from library.answers.models import Answer, Asker, Asking, Spending

__all__ = ["Answer", "Asker", "Asking", "Spending"]
