"""This machine: Python, packages, the data directory, the environment."""

import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from urllib.request import getproxies_environment, proxy_bypass

from registration_sandbox.cli.checks.findings import Finding
from registration_sandbox.runtime.settings import DEFAULT_DATA_DIR, DEFAULT_HOST

DISTRIBUTION = "registration-sandbox"
INSTALL = f"Install it: pip install {DISTRIBUTION}, or run `make` in a checkout."
LITTLE, TOO_LITTLE = 1_000_000_000, 50_000_000
"""Bytes on disk: fewer than these may not do for long, or not at all."""


def python() -> Iterator[Finding]:
    """Is this Python one that the sandbox runs on?"""
    from packaging.specifiers import SpecifierSet

    version = platform.python_version()
    try:
        wanted = metadata.metadata(DISTRIBUTION)["Requires-Python"]
    except metadata.PackageNotFoundError:
        yield Finding("Python", "warning", f"{version}; the sandbox itself is not installed", INSTALL)
        return
    fits = SpecifierSet(wanted).contains(version, prereleases=True)
    remedy = "" if fits else f"Use a Python of {wanted}."
    yield Finding("Python", "ok" if fits else "problem", version if fits else f"{version} does not do", remedy)


def packages() -> Iterator[Finding]:
    """Is every package there that the sandbox needs, in a version that does?"""
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(line) for line in metadata.requires(DISTRIBUTION) or []]
    except metadata.PackageNotFoundError:
        return
    needed = [each for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})]
    wrong = []
    for each in needed:
        try:
            version = metadata.version(each.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{each.name} is missing")
            continue
        if not each.specifier.contains(version, prereleases=True):
            wrong.append(f"{each.name} is {version}, wanted is {each.specifier}")
    if wrong:
        yield Finding("Packages", "problem", "; ".join(wrong), INSTALL)
    else:
        yield Finding("Packages", "ok", f"all {len(needed)} are there")


def data_directory(environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Can worlds be kept in the data directory?"""
    directory = Path(environment.get("SANDBOX_DATA_DIR") or DEFAULT_DATA_DIR).absolute()
    there = next(each for each in (directory, *directory.parents) if each.exists())
    elsewhere = "Give another place with SANDBOX_DATA_DIR, or sandbox up --data-dir."
    if not there.is_dir():
        yield Finding("Data directory", "problem", f"{there} is no directory", elsewhere)
        return
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding("Data directory", "problem", f"{there} cannot be written", elsewhere)
        return
    free = shutil.disk_usage(there).free
    words = f"{directory}, {free / 1e9:.1f} GB free"
    if free < LITTLE:
        yield Finding("Data directory", "problem" if free < TOO_LITTLE else "warning", words, f"Make room. {elsewhere}")
    else:
        yield Finding("Data directory", "ok", words)


def proxies() -> Iterator[Finding]:
    """Would a client on this machine send its calls for the sandbox to a proxy?"""
    named = getproxies_environment()
    if not {"http", "all"} & named.keys():
        yield Finding("Proxies", "ok", "the environment names none")
    elif proxy_bypass(DEFAULT_HOST):
        yield Finding("Proxies", "ok", f"the environment names one, and keeps {DEFAULT_HOST} from it")
    else:
        words = f"curl and most clients would ask {named.get('http') or named['all']} for {DEFAULT_HOST}"
        remedy = f"export NO_PROXY={DEFAULT_HOST},localhost. The sandbox and its command line need it not."
        yield Finding("Proxies", "warning", words, remedy)
