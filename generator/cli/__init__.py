"""The command `karakana`: the only place that reads arguments and the environment, prints and exits."""

from .app import main, run

__all__ = ["main", "run"]
