"""``python -m bench``: take the ratios, print them, and write them as JSON."""

import argparse
import sys
from pathlib import Path

from bench import age, command_line, fifty, flows, growth, memory, parallel, stacks, start, stateful, suite, worlds
from bench.load import Failed, generator
from bench.processes import DidNotStart as PeerDidNotStart
from bench.report import FEWEST_ROUNDS, line, write
from bench.rounds import Result, run, without
from registration_sandbox.client import Unexpected
from registration_sandbox.runtime.embedded import DidNotStart

MODULES = (start, memory, stateful, flows, suite, command_line, parallel, fifty, growth, age, worlds, stacks)
BENCHMARKS = {module.BENCHMARK.name: module.BENCHMARK for module in MODULES}
RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    """Run the chosen benchmarks; return 0, or 1 where the sandbox itself did not do what was asked of it."""
    asked = parse_arguments()
    print(f"Load generator: {generator()}")
    if asked.rounds < FEWEST_ROUNDS:
        print(f"Fewer than {FEWEST_ROUNDS} rounds: not for the record.")
    results: list[Result] = []
    failed = False
    for name in asked.only or BENCHMARKS:
        try:
            found = run(BENCHMARKS[name], asked.rounds, _progress)
        except (DidNotStart, PeerDidNotStart, Failed, Unexpected) as error:
            _progress(f"{name}: {error}")
            found = without(BENCHMARKS[name], f"failed: {str(error).splitlines()[-1]}")
            failed = True
        print(*map(line, found), sep="\n", flush=True)
        results += found
        write(asked.json, results, asked.rounds)
    print(f"Written to {asked.json}")
    return int(failed)


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description="Measure the sandbox against its peers.")
    parser.add_argument("--rounds", type=_positive, default=FEWEST_ROUNDS, help="how many rounds each (default: 5)")
    parser.add_argument(
        "--only", nargs="+", choices=list(BENCHMARKS), metavar="NAME", help=f"of {', '.join(BENCHMARKS)}"
    )
    parser.add_argument("--json", type=Path, default=RESULTS, help="where to write (default: bench/results.json)")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
