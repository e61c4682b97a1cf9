"""Writes the sample files: ``python -m tests.make_samples [FOLDER]``, by default into ``resources/samples``."""

import sys
from pathlib import Path

from expertpool.foundation.places import resource
from tests.sample_data.files import make

if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else resource("samples"))
