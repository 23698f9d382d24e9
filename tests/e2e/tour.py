#!/usr/bin/python3
"""The README's five minutes, typed line by line as a newcomer would; what comes out stands there.

    tests/e2e/tour.py            # says where README and program disagree
    tests/e2e/tour.py --write    # puts into the README what the program says now

Below a fence of commands stands, in a fence of its own, what they print on a terminal:

    ```text from "What came of it" lines 12

`from` leaves out what stands before the first line with these words, `lines` what stands behind so
many lines (a line "…" takes its place). Lines too long for a page are cut, with "…" as well.
What differs from run to run is shown by what stands for it in VARIES.
"""
import difflib
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import socket
import struct
import sys
import tempfile
import termios
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PROGRAM = pathlib.Path(os.environ.get("WIREMILL_PROGRAM", ROOT / "build/release/src/wiremill"))
HEADING = "## Five minutes\n"
BUILDS = "deploy/quickstart --build-only\n"  # and gives the program its name
COLUMNS, ROWS = 124, 50
SECONDS = 90
PAUSE = "-- the next commands --"
VARIES = [
    (r"\x1b\[[0-9;?]*[A-Za-z]", ""),                                     # colours
    (r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "20…Z"),              # times of the run
    (r"\b\d+\.\d s\b", "… s"),
    (r"sha256:[0-9a-f]{64}", "sha256:…"),
    (r"^\[\d+\] \d+$", "[1] …"),
]


class Step:
    """A fence of commands, and the fence of what they print, when there is one."""

    def __init__(self, commands, fence, shown):
        self.commands, self.fence, self.shown = commands, fence, shown
        self.starts = (re.search(r'from "([^"]+)"', fence or "") or [None, None])[1]
        lines = re.search(r"lines (\d+)", fence or "")
        self.lines = int(lines[1]) if lines else None

    def shortened(self, printed):
        lines = normal(printed).splitlines()
        if self.starts:
            first = next((n for n, line in enumerate(lines) if self.starts in line), len(lines))
            lines = lines[first:]
        if self.lines is not None and len(lines) > self.lines:
            lines = lines[:self.lines] + ["…"]
        return "".join(cut(line) + "\n" for line in lines)


def normal(printed):
    """Without what differs from run to run, and without the way a terminal ends its lines."""
    for pattern, stand_in in VARIES:
        printed = re.sub(pattern, stand_in, printed.replace("\r", ""), flags=re.MULTILINE)
    return printed


def cut(line):
    """At most COLUMNS wide on a terminal: a Korean syllable takes two."""
    width, line = 0, line.rstrip()
    for place, character in enumerate(line):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > COLUMNS:
            return line[:place - 1] + "…"
    return line


def section(text):
    before, rest = text.split(HEADING)
    inside, after = rest.split("\n## ", 1)
    return before + HEADING, inside, "\n## " + after


FENCES = re.compile(r"```\n(?P<commands>.*?)```\n"
                    r"(?:\n```(?P<fence>text[^\n]*)\n(?P<shown>.*?)```\n)?", re.DOTALL)


def steps(text):
    return [Step(*found.group("commands", "fence", "shown"))
            for found in FENCES.finditer(section(text)[1])]


# A newcomer reads before typing on; the tour waits for what there is to read.
WAITS = {
    " run ": "until curl -fs http://127.0.0.1:{port}/readyz >/dev/null; do sleep 0.1; done",
    "/v1/events": "until curl -fs http://127.0.0.1:{port}/metrics | "
                  "grep -q '^wiremill_signals_produced_total{{kind=\"sector\"}} [1-9]'; "
                  "do sleep 0.1; done",
}


def typed(text, port):
    """All commands as one script; the service listens on a port that is free here."""
    script = "set -m\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
    for step in steps(text):
        commands = step.commands.split(BUILDS)[-1]
        commands = commands.replace("alias wiremill=build/release/src/wiremill\n", "")
        for line in commands.replace("\\\n", "").splitlines():
            line = re.sub(r"\bwiremill demo\b", f"wiremill demo --port {port}", line)
            script += re.sub(r"( run )(.*&)$", rf"\1--port {port} \2", line).replace(
                "127.0.0.1:8321", f"127.0.0.1:{port}") + "\n"
            script += "".join(f"{waiting.format(port=port)}\n"
                              for words, waiting in WAITS.items() if words in line)
        script += f"echo '{PAUSE}'\n"
    return script


def on_a_terminal(script, folder):
    """What bash prints while it runs the script in a folder, and how it ends."""
    child, screen = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update(PATH=f"{folder}:{os.environ['PATH']}", TERM="dumb", LC_ALL="C.UTF-8")
        os.execvp("bash", ["bash", "--norc", "-eo", "pipefail", "-c", script])
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    printed, deadline = b"", time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if not select.select([screen], [], [], 0.2)[0]:
            continue
        try:
            printed += os.read(screen, 65536)
        except OSError:  # the other end is closed: bash has ended
            break
    else:
        os.kill(child, signal.SIGHUP)
    os.close(screen)
    return printed.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def run(text):
    """What each step prints, shortened as its fence says."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="wiremill-tour-") as folder:
        (pathlib.Path(folder) / "deploy").symlink_to(ROOT / "deploy")
        (pathlib.Path(folder) / "wiremill").symlink_to(PROGRAM)
        printed, status = on_a_terminal(typed(text, port), folder)
    if status != 0:
        raise AssertionError(f"a command of the README ends with {status}:\n{printed[-3000:]}")
    printed = printed.replace(f"127.0.0.1:{port}", "127.0.0.1:8321").replace(f" --port {port}", "")
    parts = printed.split(PAUSE)
    return [step.shortened(part.strip("\r\n")) for step, part in zip(steps(text), parts)]


def written(text):
    """The README with what the program says now."""
    shown = iter(zip(steps(text), run(text)))

    def fences(found):
        step, now = next(shown)
        if step.fence is None:
            return found[0]
        return f"```\n{step.commands}```\n\n```{step.fence}\n{now}```\n"

    before, inside, after = section(text)
    return before + FENCES.sub(fences, inside) + after


def main():
    text = README.read_text(encoding="utf-8")
    now = written(text)
    if now == text:
        return 0
    if sys.argv[1:] == ["--write"]:
        README.write_text(now, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        text.splitlines(keepends=True), now.splitlines(keepends=True), "README.md", "the program"))
    print("README and program disagree; tests/e2e/tour.py --write puts the new words in")
    return 1


if __name__ == "__main__":
    sys.exit(main())
