"""The policy file: Settings as YAML, read with every problem and written with every default."""

from pathlib import Path

from caserouter.domain.settings import Settings
from caserouter.files.documents import read_model, refuse
from caserouter.files.problems import Report
from caserouter.files.settings_template import default_settings_yaml

__all__ = ["default_settings_yaml", "find_settings", "read_settings"]


def read_settings(path: str | Path) -> Settings:
    """The policy of a YAML file; what it does not mention keeps its default.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is not a policy: every unknown key and every wrong value, with its line.
    """
    report = Report(str(path))
    settings = find_settings(Path(path), report)
    if settings is None:
        raise refuse(report, "policy file")
    return settings


def find_settings(path: Path, report: Report) -> Settings | None:
    """The policy of a YAML file, or None with the reasons in `report`; raises NotFound."""
    return read_model(path, Settings, report)
