"""The assignment model: problem → costs → solver → result, the online policies, and explanations."""

import os
from pathlib import Path

from caserouter.routing.kernel_cache import provide_cache

provide_cache(os.environ, Path(__file__).parent)
