"""The venues' hosts: they serve what a test gives them, and nothing else."""

from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import unquote

from tests.world import NOT_FOUND, Answer


@dataclass
class Venues:
    """Pages by base and path. The query is part of the path."""

    pages: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def serve(self, base: str, path: str, body: bytes | str, content_type: str) -> None:
        """Takes the place of what stood there before."""
        raw = body.encode() if isinstance(body, str) else body
        etag = f'"{blake2b(raw, digest_size=8).hexdigest()}"'
        self.pages[base, _plain(path)] = Answer(raw, content_type, headers={"ETag": etag})

    def remove(self, base: str, path: str) -> None:
        del self.pages[base, _plain(path)]

    def answer(self, base: str, path: str) -> Answer:
        return self.pages.get((base, _plain(path)), NOT_FOUND)


def _plain(path: str) -> str:
    """Clients differ in what they escape."""
    return "/" + unquote(path).lstrip("/")
