"""``sandbox personas``: everyone, with all that it takes to play them."""


def test_everyone_is_listed(shared):
    lines = shared.type("personas").lines
    assert [line.split()[0] for line in lines] == ["NAME", "Asha", "Chitra"]
    assert shared.people["Asha"]["cif"] in lines[1]
    assert f"debit {shared.people['Asha']['cards'][0]['last4']}" in lines[1]
    assert shared.people["Chitra"]["username"] in lines[2]
    assert lines[2].endswith("registered")


def test_of_one_all_is_told_that_a_tester_types(shared):
    out = shared.type("personas", "asha").out
    person = shared.people["Asha"]
    wanted = [person[name] for name in ("legalName", "cif", "email", "mobile", "dateOfBirth")]
    wanted += [card[name] for card in person["cards"] for name in ("number", "expiry", "pin", "cvv")]
    assert [value for value in wanted if value not in out] == []


def test_a_web_account_and_its_phone_are_told(shared):
    out = shared.type("personas", "Chitra").out
    person = shared.people["Chitra"]
    assert f"{person['username']}, password {person['password']}" in out
    assert person["handsets"][0]["emCertID"] in out
    assert "on the TSG registered, on the Auth Service not there" in out


def test_as_json_they_are_as_the_sandbox_tells_them(shared):
    assert shared.type("personas", "--json").json["personas"] == list(shared.people.values())
    assert shared.type("personas", "CHITRA", "--json").json == shared.people["Chitra"]


def test_a_misspelt_name_is_told_with_the_one_that_was_meant(shared):
    said = shared.type("personas", "Ahsa")
    assert said.code == 1
    assert "Did you mean Asha? There are: Asha, Chitra." in said.err


def test_a_world_without_people_says_so(world):
    world.ask("PUT", f"/_sandbox/worlds/{world.name}", {"name": "empty"})
    assert world.type("personas").out == f"Nobody is in the world {world.name}.\n"
    assert "Nobody is in it." in world.type("personas", "Asha").err
