"""What is written at an exchange in a sequence diagram."""

from registration_sandbox.drawing.shortening import without_long_ids
from simulators.kit.journal import Exchange


def call_label(exchange: Exchange) -> str:
    """Return what is written at a call: the method, and the path without its query and with its ids shortened."""
    return f"{exchange.method} {without_long_ids(exchange.path.partition('?')[0])}"


def answer_label(exchange: Exchange) -> str:
    """Return what is written at an answer: the status, the branches that were taken, and the fault that struck."""
    fault = f"(fault: {exchange.fault})" if exchange.fault else ""
    return " ".join(filter(None, [str(exchange.status or "done"), *exchange.branches, fault]))


def in_words(exchange: Exchange) -> str:
    """Return an exchange as a sentence, for those who hear it or point at it."""
    call = f"{exchange.method} {without_long_ids(exchange.path)}"
    relayed = f", relaying {', '.join(exchange.relayed)}" if exchange.relayed else ""
    return f"{exchange.caller} to {exchange.service}: {call}: {answer_label(exchange)}{relayed}"


def kind(exchange: Exchange) -> str:
    """Return the class of an exchange: what its answer was, or that a fault struck it."""
    if exchange.fault:
        return "fault"
    return "outage" if exchange.status >= 500 else "refused" if exchange.status >= 400 else "answered"
