"""ExpertPool (司法专家库). Without arguments the window opens; with a subcommand the command line runs."""

import multiprocessing
import sys


def run() -> int:
    """Entry point: the exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if [word for word in arguments if word != "--sample"]:
        from expertpool.cli import run as run_command

        return run_command(arguments)
    from ui.application import run as run_window

    return run_window(arguments)


if __name__ == "__main__":
    sys.exit(run())
