"""Tells results: as lines for people, and as JSON to be kept."""

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.load import generator
from bench.peers import VERSIONS
from bench.rounds import Result

FEWEST_ROUNDS = 5
"""How many rounds a result needs to count."""

REACHED = {True: "reached", False: "NOT reached", None: "for the record"}


def line(result: Result) -> str:
    """Return a result as a line: ratio, median, minimum, maximum, goal, and what both sides measured."""
    name = f"{result.benchmark:<9} {result.ratio.name:<72}"
    if result.missing is not None:
        return f"{name} {result.missing}"
    low, high = min(result.ratios), max(result.ratios)
    goal = f"goal {result.ratio.goal}" if result.ratio.goal else ""
    sides = " vs ".join(_amount(_middle(side), result.unit) for side in (result.over, result.under))
    numbers = f"{result.median:>8.2f}  ({low:.2f} to {high:.2f})"
    return f"{name} {numbers:<28} {goal:<10} {REACHED[result.reached]:<14} {sides}"


def write(path: Path, results: Sequence[Result], rounds: int) -> None:
    """Write results, and what they were taken on, as JSON."""
    document = {
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "for_the_record": rounds >= FEWEST_ROUNDS,
        "rounds": rounds,
        "load_generator": generator(),
        "machine": _machine(),
        "peers": VERSIONS,
        "ratios": [_entry(result) for result in results],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _entry(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {
        "benchmark": result.benchmark,
        "ratio": result.ratio.name,
        "goal": str(result.ratio.goal) if result.ratio.goal else None,
    }
    if result.missing is not None:
        return {**told, "missing": result.missing}
    return {
        **told,
        "reached": result.reached,
        "median": round(result.median, 4),
        "minimum": round(min(result.ratios), 4),
        "maximum": round(max(result.ratios), 4),
        "unit": result.unit,
        "rounds": [
            {result.ratio.over: over, result.ratio.under: under, "ratio": round(over / under, 4)}
            for over, under in zip(result.over, result.under, strict=True)
        ],
    }


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "node": _node_version(),
    }


def _node_version() -> str | None:
    node = shutil.which("node")
    if node is None:
        return None
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _amount(value: float, unit: str) -> str:
    if unit == "bytes":
        return f"{value / 1024**2:.0f} MiB"
    if unit == "s":
        return f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"
    return f"{value:,.1f} {unit}" if value < 100 else f"{value:,.0f} {unit}"
