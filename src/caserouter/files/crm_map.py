"""Maps that read another system's export as ours."""

from pathlib import Path

from caserouter.domain.model import Model, Name


class CrmMap(Model):
    """How the columns of another system become ours."""

    name: Name


def map_names() -> tuple[str, ...]:
    """Names of the maps that are shipped."""
    raise NotImplementedError


def load_map(name_or_path: str | Path) -> CrmMap:
    """A shipped map by name, or one from a file; raises NotFound or InvalidInput."""
    raise NotImplementedError
