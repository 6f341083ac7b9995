"""Why an answer did not come about, each with its fields. Pure."""


class NoAnswer(Exception):
    """`status` is that of HTTP, where there was one. `retry_after` is in seconds, as the endpoint asked."""

    def __init__(self, reason: str, status: int | None = None, retry_after: float | None = None):
        self.reason, self.status, self.retry_after = reason, status, retry_after
        super().__init__(reason)


class Busy(NoAnswer):
    """The endpoint wants to be left alone for a while (429, 503): so do all other questions."""


class Refused(NoAnswer):
    """The endpoint does not take the question: a wrong key, an unknown model, a redirect elsewhere."""


class Broken(NoAnswer):
    """The endpoint is out of reach, fell silent, or cut its answer off."""


class Unusable(NoAnswer):
    """What came is no answer: not of the protocol, empty, too long, or ended for another reason than being complete."""
