"""``sandbox sequence``: the real exchanges, drawn."""

from xml.etree import ElementTree


def test_the_world_is_drawn_in_mermaid(played):
    heard = played.world.ask("GET", f"/_sandbox/worlds/{played.world.name}/sequence")
    assert played.type("sequence").out == heard.text
    assert heard.text.count("client->>orchestrator") == 3


def test_one_registration_is_drawn(world):
    for _ in range(2):
        registration = world.begins().json["id"]
    drawn = [world.type("sequence", "--registration", id) for id in (registration, registration[:8], "last")]
    assert len({said.out for said in drawn}) == 1
    assert drawn[0].out.count("client->>orchestrator: POST /registrations") == 1


def test_an_unknown_registration_is_told_with_those_there_are(played):
    said = played.type("sequence", "--registration", "zz")
    assert said.code == 1
    assert f"its newest are {played.registration}." in said.err


def test_that_nobody_has_registered_is_told(world):
    assert "nobody has begun one" in world.type("sequence", "--registration", "last").err


def test_it_is_written_to_a_file(played, tmp_path):
    file = tmp_path / "sequence.mmd"
    assert played.type("sequence", "--output", str(file)).out == f"Written to {file}.\n"
    assert file.read_text("utf-8").startswith("sequenceDiagram")
    nowhere = played.type("sequence", "--output", str(tmp_path / "none" / "sequence.mmd"))
    assert nowhere.code == 1
    assert "No such file" in nowhere.err


def test_it_is_drawn_as_svg_that_needs_nothing_beside_it(played):
    drawn = played.type("sequence", "--svg", "--registration", "last").out
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg")
    assert "WR-2.2" in "".join(root.itertext())
    assert root.find("{http://www.w3.org/2000/svg}style") is not None


def test_a_program_gets_it_as_json(played):
    told = played.type("sequence", "--registration", "last", "--json").json
    assert told["registration"] == played.registration
    assert told["mermaid"].startswith("sequenceDiagram")
