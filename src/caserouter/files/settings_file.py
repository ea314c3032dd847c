"""The policy file: Settings as YAML."""

from pathlib import Path

from caserouter.domain.settings import Settings


def read_settings(path: str | Path) -> Settings:
    """Settings of a YAML file; raises NotFound, or InvalidInput with every finding."""
    raise NotImplementedError


def default_settings_yaml() -> str:
    """The documented default policy file; reading it gives ``Settings()``."""
    raise NotImplementedError
