"""The specification played by Cymmetri's own calls, with no middleware between."""

import pytest

from registration_sandbox.gate.results import load
from tests.support.turns import todays_shard

pytestmark = [pytest.mark.thorough, pytest.mark.slow]

SHARD = todays_shard(3)
"""A third of the web's features each day, all of them where that is asked for."""

CYMMETRI = '[system]\nname = "Cymmetri"\nreplaces = "none"\ndriver = "ciamregsrvc"\n[claims]\nflows = ["web"]\n'
AT_LEAST = 200
WHOLE_RUN = 900
NOT_OF_CYMMETRI = (
    "the driver Ciamregsrvc cannot log in to the app", "the driver Ciamregsrvc cannot open the app",
    "a client of Cymmetri holds its tokens", "a client of Cymmetri sees itself what becomes of its calls",
    "the driver Ciamregsrvc cannot send a request under a number",
)  # fmt: skip


def test_what_cymmetri_can_be_asked_is_played_by_its_own_calls(tmp_path, sandbox_command):
    file, results = tmp_path / "cymmetri.toml", tmp_path / "results.json"
    file.write_text(CYMMETRI)
    said = sandbox_command(
        "test", "features/web_registration", "--against", file, "--shard", SHARD, "--results", results,
        patience=WHOLE_RUN,
    )  # fmt: skip
    run = load(results)
    assert not [f"{one.location} {one.name}" for one in run.scenarios if one.status == "failed"], said.stderr
    assert {one.error for one in run.scenarios if one.status == "not-tried"} <= set(NOT_OF_CYMMETRI)
    assert sum(one.status == "passed" for one in run.scenarios) >= AT_LEAST
