"""Which volume of the Proceedings of Machine Learning Research is which conference of which year. Pure.

The numbers are given out as volumes come in: neither venue nor year can be told from them, so each stands here."""

from papers.record import VenueRecord

_FIELD = "Machine learning"
_NAMES = {
    "ICML": "International Conference on Machine Learning",
    "AISTATS": "International Conference on Artificial Intelligence and Statistics",
    "COLT": "Conference on Learning Theory",
    "ALT": "International Conference on Algorithmic Learning Theory",
    "UAI": "Conference on Uncertainty in Artificial Intelligence",
    "CoRL": "Conference on Robot Learning",
    "ACML": "Asian Conference on Machine Learning",
    "MIDL": "Medical Imaging with Deep Learning",
    "L4DC": "Learning for Dynamics and Control Conference",
}
_VOLUMES = {
    "ICML": {
        2013: 28, 2014: 32, 2015: 37, 2016: 48, 2017: 70, 2018: 80, 2019: 97, 2020: 119, 2021: 139, 2022: 162,
        2023: 202, 2024: 235, 2025: 267, 2026: 306,
    },
    "AISTATS": {
        2007: 2, 2009: 5, 2010: 9, 2011: 15, 2012: 22, 2013: 31, 2014: 33, 2015: 38, 2016: 51, 2017: 54, 2018: 84,
        2019: 89, 2020: 108, 2021: 130, 2022: 151, 2023: 206, 2024: 238, 2025: 258, 2026: 300,
    },
    "COLT": {
        2011: 19, 2012: 23, 2013: 30, 2014: 35, 2015: 40, 2016: 49, 2017: 65, 2018: 75, 2019: 99, 2020: 125,
        2021: 134, 2022: 178, 2023: 195, 2024: 247, 2025: 291, 2026: 336,
    },
    "ALT": {
        2017: 76, 2018: 83, 2019: 98, 2020: 117, 2021: 132, 2022: 167, 2023: 201, 2024: 237, 2025: 272, 2026: 313,
    },
    "UAI": {2019: 115, 2020: 124, 2021: 161, 2022: 180, 2023: 216, 2024: 244, 2025: 286, 2026: 337},
    "CoRL": {2017: 78, 2018: 87, 2019: 100, 2020: 155, 2021: 164, 2022: 205, 2023: 229, 2024: 270, 2025: 305},
    "ACML": {
        2010: 13, 2011: 20, 2012: 25, 2013: 29, 2014: 39, 2015: 45, 2016: 63, 2017: 77, 2018: 95, 2019: 101,
        2020: 129, 2021: 157, 2022: 189, 2023: 222, 2024: 260,
    },
    "MIDL": {2019: 102, 2020: 121, 2021: 143, 2022: 172, 2023: 227, 2024: 250, 2026: 315},
    "L4DC": {2020: 120, 2021: 144, 2022: 168, 2023: 211, 2024: 242, 2025: 283, 2026: 331},
}  # fmt: skip
_EDITIONS = {volume: f"{venue}.{year}" for venue, years in _VOLUMES.items() for year, volume in years.items()}


def volumes(year: int) -> list[tuple[str, int]]:
    """(edition, volume) of all up to and with that year."""
    return [(name, volume) for volume, name in sorted(_EDITIONS.items()) if int(name.rpartition(".")[2]) <= year]


def edition_of(volume: int) -> str:
    """The edition that a volume is, "" for one that is not in the table."""
    return _EDITIONS.get(volume, "")


def venue(name: str, full_name: str = "") -> VenueRecord:
    """The venue by its short name; `full_name` counts where the table has none."""
    return VenueRecord(name, _NAMES.get(name, full_name), field=_FIELD)
