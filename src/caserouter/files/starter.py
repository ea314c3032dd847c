"""A first map for any export, guessed from its header and a sample of its values."""

from pathlib import Path


def starter_map(path: str | Path) -> str:
    """YAML text of a commented map for the file at `path`; raises NotFound or InvalidInput."""
    raise NotImplementedError
