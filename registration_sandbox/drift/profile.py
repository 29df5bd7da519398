"""The wire profile that closes what a wire profile can close."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from registration_sandbox.drift.differences import Difference

DATE_TIME = "%Y-%m-%dT%H:%M:%SZ"
PLACEHOLDERS: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}


def make_profile(differences: Sequence[Difference]) -> dict[str, Any]:
    """Return a wire profile as a scenario's ``policies.cymmetri.wire`` has it; empty where nothing can be closed."""
    profile: dict[str, dict[str, Any]] = {"fields": {}, "paths": {}, "errors": {}, "statuses": {}, "extra": {}}
    single: dict[str, Any] = {}
    for each in differences:
        if not each.closed_by_profile:
            continue
        place = each.place.rpartition(" ")[2]
        match each.kind:
            case "field-renamed":
                profile["fields"][each.ours.rpartition(".")[2]] = each.theirs.rpartition(".")[2]
            case "operation-moved":
                profile["paths"][each.ours] = each.theirs
            case "status-added" if each.theirs.isdigit():
                profile["statuses"][each.ours] = int(each.theirs)
            case "field-missing":
                kind = each.theirs.partition(",")[0]
                profile["extra"][place] = PLACEHOLDERS.get(kind)
            case "field-format":
                single.setdefault("instants", each.theirs if each.theirs.startswith("%") else DATE_TIME)
            case "message-null":
                single["message"] = "null_on_success" if "null" in each.theirs else "text"
    profile["errors"] = _match_codes(differences)
    return {name: value for name, value in (profile | single).items() if value}


def _match_codes(differences: Sequence[Difference]) -> dict[str, str]:
    """Return the real system's error codes by our reasons, where both stand at the same status of an operation."""
    found: dict[str, str] = {}
    for theirs in differences:
        if theirs.kind != "code-missing":
            continue
        candidates = [code for code in theirs.ours.split(", ") if code and code != "none"]
        if len(candidates) == 1:
            found.setdefault(_reason(candidates[0]), theirs.theirs)
        elif candidates:
            best = max(
                candidates, key=lambda code: SequenceMatcher(None, _reason(code), _reason(theirs.theirs)).ratio()
            )
            found.setdefault(_reason(best), theirs.theirs)
    return found


def _reason(code: str) -> str:
    return code.rpartition(".")[2]
