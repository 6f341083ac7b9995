"""A database and an index of their own, for as long as an evaluation takes."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from psycopg import sql

_PREFIX = "coolpapers_evaluate_"


@contextmanager
def throw_away() -> Iterator[None]:
    """Points Django and the BM25 index at an empty, migrated database and folder, and removes both at the end.
    What a killed evaluation left behind goes first: its lock fell with its connection."""
    name = _PREFIX + secrets.token_hex(6)
    home = str(connection.settings_dict["NAME"])
    with _connect(home) as admin:
        _lock(admin, name)
        _sweep(admin)
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        try:
            with override_settings(INDEX_DIR=_folders() / name):
                _switch(name)
                call_command("migrate", verbosity=0, interactive=False)
                yield
        finally:
            _switch(home)
            _drop(admin, name)


def _connect(name: str) -> psycopg.Connection:
    at = connection.settings_dict
    return psycopg.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"], dbname=name, autocommit=True
    )


def _switch(name: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name


def _lock(admin: psycopg.Connection, name: str) -> bool:
    row = admin.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name]).fetchone()
    return bool(row and row[0])


def _sweep(admin: psycopg.Connection) -> None:
    rows = admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]).fetchall()
    folders = [folder.name for folder in _folders().glob(f"{_PREFIX}*")]
    for name in {*(row[0] for row in rows), *folders}:
        if _lock(admin, name):
            _drop(admin, name)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    shutil.rmtree(_folders() / name, ignore_errors=True)


def _folders() -> Path:
    return Path(settings.DATA_DIR) / "evaluate"
