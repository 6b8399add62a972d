"""Who can make what: questions about designs, requests and the hubs that could do them."""

from .by_process import Answer, ByProcess, Gap, Near, report

__all__ = ["Answer", "ByProcess", "Gap", "Near", "report"]
