"""Serves a world for demonstrations: python -m tests.world --port 8099 --days 5 [--faults 0.2]"""

import argparse
import time
from datetime import UTC, datetime, timedelta

from tests.world import EASTERN
from tests.world.faults import Faults
from tests.world.population import World
from tests.world.server import serve

_AHEAD = 3  # days, so that a demonstration may go past midnight


def main() -> None:
    options = _options()
    today = datetime.now(UTC).astimezone(EASTERN).date()
    world = World(
        seed=options.seed,
        first_day=today - timedelta(days=options.days - 1),
        days=options.days + _AHEAD,
        faults=Faults(seed=options.seed, share=options.faults),
    )
    with serve(world, options.port) as url:
        print(f'COOLPAPERS_SOURCE_URLS="*={url}"', flush=True)
        print(f"Lists with papers: {', '.join(f'{day:%a %d %b}' for day in world.list_days)}", flush=True)
        if today not in world.list_days:
            print("Today is a day without lists, as weekends and holidays are at arXiv.", flush=True)
        try:
            while True:
                time.sleep(3_600)
        except KeyboardInterrupt:
            print()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--days", type=_positive, default=5, help="calendar days up to today")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests that fail, from 0 to 1")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give at least 1")
    return number


if __name__ == "__main__":
    main()
