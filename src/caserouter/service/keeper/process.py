"""The keeper as a process of its own, beside web workers on PostgreSQL."""

import logging
import os

from caserouter.domain.errors import CaserouterError, InvalidInput
from caserouter.service.configuration import read_service_settings
from caserouter.service.logging import configure_logging
from caserouter.service.processes import run_keeper
from caserouter.service.settings import ServiceSettings
from caserouter.service.stopping import Stop

_logger = logging.getLogger(__name__)


def main() -> int:
    """Keep until told to stop; the settings come from the environment.

    Returns
    -------
    int
        Exit status: 0, or that of the error which is logged.
    """
    stop = Stop()
    configure_logging("info")
    try:
        settings = read_service_settings({}, os.environ)
        configure_logging(settings.log_level)
        run_keeper(_checked(settings), stop, lambda: _logger.info("keeping"))
    except CaserouterError as error:
        _logger.error(error.message, extra={"code": error.code})  # noqa: TRY400 - the message says all
        return error.exit_status
    return 0


def _checked(settings: ServiceSettings) -> ServiceSettings:
    """The same settings, if they are for a keeper of its own.

    Raises
    ------
    InvalidInput
        If the database is SQLite, where the service's one process keeps.
    """
    if settings.dialect == "sqlite":
        raise InvalidInput("a keeper of its own on SQLite, whose file one process owns; `caserouter serve` keeps in that process")
    return settings
