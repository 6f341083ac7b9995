"""The one error that a person running coolpapers reads: what happened, why, and what to do."""


class ServiceError(Exception):
    """Something around the program keeps it from running. Shown as one line, without a traceback."""

    def __init__(self, what: str, why: str, remedy: str):
        self.what, self.why, self.remedy = what, why, remedy
        super().__init__(f"{what}: {why}. {remedy}")
