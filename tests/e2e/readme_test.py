"""The README's five minutes, line by line, as a newcomer would type them."""
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

from harness import PROGRAM, ROOT


def blocks(heading):
    """The fenced blocks below a heading of the README."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    return re.findall(r"```\n(.*?)```", section.split("\n## ")[0], re.DOTALL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FiveMinutes(unittest.TestCase):
    def test_every_command_works_and_shows_what_the_text_says(self):
        first, replay, service = blocks("Five minutes")
        port = free_port()
        typed = first.split("\n", 2)[2] + replay + service.replace("8321", str(port)).replace(
            " run &", f" run --port {port} 2>log & service=$!\n"
            f"until curl -fs http://127.0.0.1:{port}/readyz; do sleep 0.1; done")
        script = (f"set -euo pipefail\nservice=\ntrap 'kill $service 2>/dev/null || true' EXIT\n"
                  f"{typed}\n"
                  "for n in $(seq 100); do\n"
                  f"  if curl -fsS http://127.0.0.1:{port}/metrics | grep -q "
                  "'^wiremill_signals_produced_total{kind=\"sector\"} [1-9]'; then break; fi\n"
                  "  sleep 0.1\ndone\n"
                  "kill $service\nwait $service\n"
                  "wiremill --data ./data tap signals\nwiremill --data ./data state export\n")
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "deploy").symlink_to(ROOT / "deploy")
            (pathlib.Path(folder) / "wiremill").symlink_to(PROGRAM)
            done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True,
                                  text=True, timeout=90, check=False,
                                  env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
            self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
            for name in ("facts.ndjson", "signals.ndjson", "state.ndjson"):
                self.assertGreater((pathlib.Path(folder) / name).stat().st_size, 1000, name)
        self.assertEqual(done.stdout.count('"low":"200000000000"'), 2)
        self.assertIn('"accepted":1', done.stdout.replace(" ", ""))
        self.assertIn('"ready":true', done.stdout.replace(" ", ""))
        for wanted in ('"story":"n1"', '"story_id":"n1"'):
            self.assertTrue(wanted in done.stdout, wanted)


if __name__ == "__main__":
    unittest.main(verbosity=2)
