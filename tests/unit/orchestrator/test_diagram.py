"""A flow drawn as a Mermaid state diagram."""

from orchestrator.flows.device import DEVICE
from orchestrator.flows.diagram import mermaid
from orchestrator.flows.model import Action, Flow
from simulators.kit.models import Empty


def action(name, allowed, leads_to):
    return Action(name, f"1 {name}", name, allowed, leads_to, Empty, lambda *_: None)


FLOW = Flow(
    name="tea", title="Making tea", document="tea.md", statuses=("Cold", "Hot", "Drunk"), starts_in=("Cold", "Hot"),
    actions=(
        action("look", ("Cold", "Hot", "Drunk"), ("Cold",)),
        action("boil", ("Cold",), ("Hot", "Cold")),
        action("drink", ("Cold", "Hot"), ("Drunk",)),
    ),
    questions=(),
)  # fmt: skip


def test_each_move_of_each_action_is_drawn_from_its_beginnings_to_its_ends():
    assert mermaid(FLOW) == (
        "stateDiagram-v2\n"
        "    %% Making tea: tea.md\n"
        "    [*] --> Cold\n"
        "    [*] --> Hot\n"
        "    %% in every status: look (1 look)\n"
        "    Cold --> Hot: boil (1 boil)\n"
        "    Cold --> Cold: boil (1 boil)\n"
        "    Cold --> Drunk: drink (1 drink)\n"
        "    Hot --> Drunk: drink (1 drink)\n"
        "    Drunk --> [*]\n"
    )


def test_the_moves_that_no_action_makes_are_drawn_where_the_device_is_registered():
    lines = mermaid(DEVICE).splitlines()
    at = lines.index("    Sign_Up_In_Progress --> Sign_Up_Complete: push or poll (2 complete sign-up)")
    assert lines[at - 1] == "    %% in every status: check (0 device status)"
    assert lines[at + 1 :] == ["    Sign_Up_In_Progress --> Not_Found: the code lapses", "    Device_Activate --> [*]"]
