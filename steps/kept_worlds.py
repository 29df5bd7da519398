"""Worlds that a tester keeps as they are, and goes back to."""

from steps.support.sentences import Context, step
from steps.support.tester import Tester


@step("a tester keeps the world")
def keeps_world(context: Context) -> None:
    context.kept = Tester(context.bank).keep_world()


@step("a tester goes back to the kept world")
def goes_back(context: Context) -> None:
    Tester(context.bank).go_back(context.kept)
