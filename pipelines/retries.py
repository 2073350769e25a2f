"""When a failed request or delivery is tried again, and after how long: the one policy of everything that goes over a network."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential


def retrying(
    wait_asked_for: Callable[[BaseException], float | None],
    *,
    attempts: int,
    first_wait: float,
    longest_wait: float,
    sleep: Callable[[float], None] = time.sleep,
    spread: Callable[[], float] = lambda: 1.0,
) -> Retrying:
    """Return the policy: call it with a function and its arguments, and it calls them until they return.

    The wait before the second attempt is `first_wait` and doubles with each up to `longest_wait`; it is never shorter than what the other
    side asks for. After the last attempt the failure of that attempt is raised, unchanged.

    Args:
        wait_asked_for: The seconds that the other side asks for with this failure, 0 if it says nothing; None for a failure that another
            attempt cannot help, which is raised at once. So is one that asks for more than `longest_wait`.
        attempts: Calls at most, the first included.
        first_wait: Seconds.
        longest_wait: Seconds.
        sleep: Waits; tests give one that does not.
        spread: A factor for each of our own waits, so that clients do not return in step.
    """
    doubling = wait_exponential(multiplier=first_wait, max=longest_wait)

    def asked(state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        return (wait_asked_for(failure) if failure else None) or 0

    def is_worth_another(failure: BaseException) -> bool:
        wait = wait_asked_for(failure)
        return wait is not None and wait <= longest_wait

    return Retrying(
        retry=retry_if_exception(is_worth_another),
        stop=stop_after_attempt(attempts),
        wait=lambda state: max(asked(state), doubling(state) * spread()),
        sleep=sleep,
        reraise=True,
    )


def retry_after(header: str) -> float:
    """Return the seconds a Retry-After header asks for, given as a number or as a date; 0 if it says nothing we understand."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError, TypeError):
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
