"""``sandbox inbox``: mail and SMS, with the codes in them."""


def test_messages_are_told_with_person_and_code(played):
    email = played.world.people["Asha"]["email"]
    code = played.type("inbox", "--json").json["messages"][0]["code"]
    head, body = played.type("inbox").lines
    assert head == f"2026-01-05 09:00:00  email  Asha <{email}>  Your code to register  {code}"
    assert code in body


def test_a_person_stands_for_their_address_and_their_number(world):
    world.type("worlds", "load", "default", world.name)
    asha, chitra = (world.type("personas", name, "--json").json for name in ("Asha", "Chitra"))
    for channel, to in (("email", asha["email"]), ("sms", asha["mobile"]), ("sms", chitra["mobile"])):
        message = {"channel": channel, "to": to, "body": "Namaste", "purpose": "greeting", "sender": "test"}
        assert world.wire.ask("mailroom", "POST", "/messages", message, world=world.name).status == 201

    def channels(*words):
        return [(each["channel"], each["to"]) for each in world.type("inbox", "--json", *words).json["messages"]]

    theirs = [("sms", asha["mobile"]), ("email", asha["email"])]
    assert channels() == [("sms", chitra["mobile"]), *theirs]
    assert channels("--to", "asha") == theirs
    assert channels("--to", "Asha", "--channel", "sms") == theirs[:1]
    assert channels("--to", asha["email"].upper()) == theirs[1:]
    assert channels("--to", chitra["mobile"]) == [("sms", chitra["mobile"])]
    assert channels("--limit", "1") == [("sms", chitra["mobile"])]
    assert channels("--purpose", "email-otp") == []
    assert [line.split()[2:4] for line in world.type("inbox", "--to", "Asha").lines[::2]] == [
        ["email", "Asha"], ["sms", "Asha"],
    ]  # fmt: skip


def test_somebody_unknown_is_told_with_who_was_meant(played):
    said = played.type("inbox", "--to", "Ahsa")
    assert said.code == 1
    assert "Did you mean Asha?" in said.err


def test_a_fault_of_the_mailroom_is_told_as_the_reason_for_no_answer(world):
    for effect in ("status=503", "garbage", "reset"):
        world.type("fault", "add", "mailroom", "GET", effect, "--times", "1")
        said = world.type("inbox")
        assert said.code == 3, effect
        assert "Does a fault strike it? See `sandbox fault`." in said.err


def test_that_there_is_none_is_no_output(played):
    said = played.type("inbox", "--to", "Chitra")
    assert (said.code, said.out) == (0, "")
    assert "There is no such message" in said.err
