"""Work in; its result, done in a forked process beside this one where the system can fork, out."""

from __future__ import annotations

import errno
import multiprocessing
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
CAN_FORK = sys.platform == "linux"


class Beside(Generic[T]):
    """Work that has begun in a process of its own, which sees everything as it is now. `stop` ends it."""

    def __init__(self, work: Callable[[], T]) -> None:
        context = multiprocessing.get_context("fork")
        self._answer, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_answer_with, args=(sender, work), daemon=True)
        self._process.start()
        sender.close()

    def result(self) -> T:
        """Wait, and return what the work returned or raise what it raised; `OSError` when its process died."""
        try:
            succeeded, answer = self._answer.recv()
        except EOFError:
            raise OSError(errno.ECHILD, "a process of this command died") from None
        if not succeeded:
            raise answer
        found: T = answer
        return found

    def stop(self) -> None:
        """End the process if it still runs."""
        self._process.terminate()
        self._process.join()


def _answer_with(sender: Connection, work: Callable[[], T]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops it
    try:
        answer = (True, work())
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        error.add_note(f"in another process:\n{traceback.format_exc()}")
        sender.send((False, error))
    else:
        sender.send(answer)
