import pytest
from django.core import management
from django.db.utils import ProgrammingError
from psycopg.errors import SyntaxError as SqlError
from psycopg.errors import UndefinedTable

from coolpapers import command_line


def failing(cause: Exception) -> object:
    def run(argv: list[str]) -> None:
        raise ProgrammingError(str(cause)) from cause

    return run


def test_a_database_without_tables_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", failing(UndefinedTable('"papers_paper"')))
    assert command_line.execute(["manage.py", "help"]) == 1
    assert "run `manage.py migrate`" in capsys.readouterr().err


def test_a_mistake_of_ours_is_not_taken_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(management, "execute_from_command_line", failing(SqlError("at SELEKT")))
    with pytest.raises(ProgrammingError):
        command_line.execute(["manage.py", "help"])
