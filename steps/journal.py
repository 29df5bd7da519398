"""What testers look for in the journal, and what it shows them."""

from simulators.kit.journal import MOST_EXCHANGES
from steps.observers.journals import Request, list_questions_of_bank
from steps.support.sentences import Context, then, when
from steps.support.tester import Tester


@then("the journal says of {times:Times} asking {request:Request} that it was broken on purpose")
def says_what_was_broken(context: Context, times: int, request: Request) -> None:
    broken = [each for each in list_questions_of_bank(context.bank, request) if each.fault]
    assert len(broken) == times, f"the journal says so of {len(broken)}"


@when('a tester looks in the journal for "{branch:Text}"')
def looks_for_branch(context: Context, branch: str) -> None:
    context.bank.settle()
    context.found = Tester(context.bank).read_journal(branch=branch)


@when("a tester looks in the journal for the latest three exchanges")
def looks_for_latest(context: Context) -> None:
    context.bank.settle()
    context.found = Tester(context.bank).read_journal(limit=3)


@when("a tester looks in the journal for what came {bound:Bound} one of its exchanges")
def looks_from_exchange_on(context: Context, bound: str) -> None:
    context.bank.settle_all()
    tester = Tester(context.bank)
    everything = tester.read_journal()
    context.exchange = everything[len(everything) // 2]
    context.found = tester.read_journal(**{bound: context.exchange.recorded_at})


@then("the journal shows all that came {bound:Bound} that exchange, and not the exchange itself")
def shows_one_side(context: Context, bound: str) -> None:
    everything = [each.id for each in Tester(context.bank).read_journal()]
    middle = everything.index(context.exchange.id)
    wanted = everything[:middle] if bound == "until" else everything[middle + 1 :]
    found = [each.id for each in context.found]
    assert wanted, f"there is nothing to be found: {everything}"
    assert found == wanted, f"the journal shows {found}, not {wanted}"


@then("the journal shows nothing")
def shows_nothing(context: Context) -> None:
    assert not context.found, f"the journal shows {context.found}"


@then('the journal shows {times:Times} what took "{branch:Text}"')
def shows_what_took(context: Context, times: int, branch: str) -> None:
    assert len(context.found) == times, f"the journal shows {len(context.found)} exchanges"
    assert all(branch in each.branches for each in context.found), f"the journal shows {context.found}"


@then("the journal shows the three that came last, oldest first")
def shows_latest(context: Context) -> None:
    everything = Tester(context.bank).read_journal()
    assert len(everything) > 3, f"only this has happened: {everything}"
    found, latest = ([each.id for each in exchanges] for exchanges in (context.found, everything[-3:]))
    assert found == latest, f"the journal shows {found}, and the latest are {latest}"


@when("a tester turns the pages of {system:System}'s journal, two exchanges a page")
def turns_pages(context: Context, system: str) -> None:
    context.bank.settle_all()
    context.pages = Tester(context.bank).read_journal_of(system, page=2)


@then("the pages show every exchange of {system:System} once, the latest page first")
def shows_each_once(context: Context, system: str) -> None:
    (everything,) = Tester(context.bank).read_journal_of(system, page=MOST_EXCHANGES)
    assert len(everything) > 2, f"there is one page only: {everything}"
    found = [each for page in reversed(context.pages) for each in page]
    assert found == everything, f"the pages show {found}, not {everything}"
