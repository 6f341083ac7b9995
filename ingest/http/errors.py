"""What can go wrong with a request, each with its fields. Pure."""


class FetchFailed(Exception):
    """A request without a usable answer. `retry_after` is in seconds, as the host asked; None where it did not."""

    def __init__(self, address: str, reason: str, status: int | None = None, retry_after: float | None = None):
        self.address, self.reason, self.status, self.retry_after = address, reason, status, retry_after
        super().__init__(f"{address}: {reason}")


class Refused(FetchFailed):
    """We did not ask, or did not read on: a host that is not allowed, a private address, a body without end. Tried
    again like any failure: a network may send everybody to its own page for a while."""


class NotThere(FetchFailed):
    """The host says that there is no such page (404, 410)."""


class Unavailable(FetchFailed):
    """The host does not answer now: it is busy, down, or the connection broke. To be asked again later."""
