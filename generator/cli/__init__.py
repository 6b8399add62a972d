"""The command `karakana`: the only place that reads arguments and the environment, prints and exits."""

from .app import main

__all__ = ["main"]
