"""The policy of retries: which failures are tried again, how often, and after how long."""

import pytest

from pipelines.retries import retrying


class Busy(Exception):
    """A failure that passes; `wait` is what the other side asks for."""

    def __init__(self, wait: float = 0) -> None:
        self.wait = wait


def calls(*outcomes: BaseException | str, spread: float = 1.0) -> tuple[object, list[float]]:
    """Call a function with these outcomes, one a call; return what came of it, and the waits between the calls."""
    waits: list[float] = []
    left = iter(outcomes)

    def attempt() -> str:
        outcome = next(left)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    policy = retrying(
        lambda failure: failure.wait if isinstance(failure, Busy) else None,
        attempts=4,
        first_wait=2,
        longest_wait=5,
        sleep=waits.append,
        spread=lambda: spread,
    )
    try:
        return policy(attempt), waits
    except BaseException as failure:
        return failure, waits


def test_what_works_is_called_once():
    assert calls("done") == ("done", [])


def test_waits_double_up_to_the_longest_and_can_be_spread():
    assert calls(Busy(), Busy(), Busy(), "done") == ("done", [2, 4, 5])
    assert calls(Busy(), Busy(), Busy(), "done", spread=0.5) == ("done", [1, 2, 2.5])


def test_the_wait_asked_for_is_kept_where_it_is_longer_and_never_spread():
    assert calls(Busy(3), Busy(3), "done", spread=0.5) == ("done", [3, 3])
    assert calls(Busy(1), "done") == ("done", [2])


def test_the_failure_of_the_last_attempt_is_raised_as_it_was():
    failures = [Busy() for _ in range(5)]
    assert calls(*failures) == (failures[3], [2, 4, 5])


@pytest.mark.parametrize("failure", [ValueError("no"), KeyboardInterrupt(), Busy(5.1)], ids=["another", "stopped", "a wait too long"])
def test_a_failure_that_another_attempt_cannot_help_is_raised_at_once(failure):
    assert calls(failure, "done") == (failure, [])
