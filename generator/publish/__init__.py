"""A registry in; the files of its site out."""

from .assembly import BundleError, Engine, build, bundle

__all__ = ["BundleError", "Engine", "build", "bundle"]
