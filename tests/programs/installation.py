"""Runs one step of the installation and prints a line at least every five seconds; needs nothing but Python."""

import subprocess
import sys
import tempfile
import time

EVERY = 5.0
"""Seconds between two lines."""


def main(what: str, *command: str) -> int:
    """Run the command. Its output is shown only when it fails. Returns its exit code."""
    started = time.monotonic()
    print(f"wutong: {what} ...", flush=True)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        while True:
            try:
                code = process.wait(EVERY)
                break
            except subprocess.TimeoutExpired:
                print(f"wutong: {what} ... {time.monotonic() - started:.0f} s", flush=True)
        if code:
            log.seek(0)
            sys.stderr.write(log.read().decode("utf-8", "replace"))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
