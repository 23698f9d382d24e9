"""The demo from outside: its summary, its end, what it leaves behind (nothing)."""
import os
import pathlib
import pty
import re
import select
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

from harness import PROGRAM, ROOT, wait_for

FEED = ROOT / "deploy/sample/first-events.ndjson"


class Demo(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wiremill-demo-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "tmp").mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.folder / "tmp"), "TERM": "xterm"}
        self.environment.pop("NO_COLOR", None)

    def tearDown(self):
        self.assertEqual(list((self.folder / "tmp").iterdir()), [], "files were left behind")

    def command(self, *args):
        return [str(PROGRAM), "demo", *(args or ("--fast",)), "--port", "0", str(FEED)]

    def run_demo(self, *args):
        return subprocess.run(self.command(*args), capture_output=True, text=True, timeout=60,
                              env=self.environment, check=False)

    def start(self, *args):
        """A demo that runs; its output goes to a file."""
        out = self.folder / "out"
        with out.open("wb") as file:
            process = subprocess.Popen(self.command(*args), stdout=file, stderr=subprocess.STDOUT,
                                       env=self.environment)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        url = wait_for("the address", 20, lambda: re.search(
            r"page and metrics on (http://\S+)", out.read_text(encoding="utf-8")))[1]
        return process, url, out

    def test_it_ends_with_a_summary_without_escape_codes(self):
        done = self.run_demo()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        self.assertNotIn("\x1b", done.stdout)
        for words in ("  events                10   8 stories, 1 correction, 1 withdrawal, 0",
                      "  dead letters           0", "Capital-spending shock of February 2026",
                      "  Settles after the event          40.0 % → 44.5 %   +4.5 pt",
                      "  moved most by", "“Microsoft lowered its revenue guidance"):
            self.assertIn(words, done.stdout)
        self.assertRegex(done.stdout, r"\nAll read in \d+\.\d s\.\n$")

    def test_the_same_feed_gives_the_same_summary(self):
        first, second = (self.run_demo().stdout.split("What came of it")[1].rsplit("\n", 2)[0]
                         for _ in range(2))
        self.assertEqual(first, second)

    def test_page_and_metrics_are_there_while_it_runs_and_ctrl_c_ends_it(self):
        process, url, out = self.start("--speed", "20000")
        with urllib.request.urlopen(url + "/", timeout=10) as answer:
            self.assertIn(b"<h1>wiremill</h1>", answer.read())
        with urllib.request.urlopen(url + "/metrics", timeout=10) as answer:
            self.assertIn(b"wiremill_build_info", answer.read())
        self.assertEqual(len(list((self.folder / "tmp").iterdir())), 1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(20), 130)
        self.assertIn("Stopped before the end, in", out.read_text(encoding="utf-8"))

    def test_it_stays_when_it_is_asked_to(self):
        process, url, out = self.start("--fast", "--stay")
        wait_for("the end of the feed", 20,
                 lambda: "10 of 10 events" in out.read_text(encoding="utf-8"))
        wait_for("the weights on the page", 20, lambda: "44.5 %" in urllib.request.urlopen(
            url, timeout=10).read().decode())
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 0)
        self.assertIn("All read in", out.read_text(encoding="utf-8"))

    def test_a_busy_port_is_named_with_the_way_out(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run([str(PROGRAM), "demo", "--fast", "--port", str(port), str(FEED)],
                                  capture_output=True, text=True, timeout=60,
                                  env=self.environment, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, rf"port {port}: Address already in use; --port 0 takes any")

    def test_a_folder_that_is_in_use_is_left_alone(self):
        kept = self.folder / "kept"
        self.assertEqual(self.run_demo("--fast", "--data", str(kept)).returncode, 0)
        before = (kept / "log.sqlite3").read_bytes()
        again = self.run_demo("--fast", "--data", str(kept))
        self.assertEqual(again.returncode, 2)
        self.assertIn(f"--data {kept}: there is a log already", again.stderr)
        self.assertEqual((kept / "log.sqlite3").read_bytes(), before)

    def test_a_reader_that_goes_away_ends_it(self):
        process = subprocess.Popen(self.command("--speed", "20000"), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=self.environment)
        process.stdout.readline()
        process.stdout.close()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(20), 2)
        self.assertIn(b"standard output cannot be written", process.stderr.read())
        process.stderr.close()

    def on_terminal(self, seconds_max=30):
        """What a terminal of 40 rows of 100 columns is sent."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ.update(self.environment)
            os.execv(PROGRAM, self.command("--fast"))
        sent, end = b"", time.monotonic() + seconds_max
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    part = os.read(terminal, 65536)
                except OSError:
                    break
                if not part:
                    break
                sent += part
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0)
        return sent.decode()

    def test_on_a_terminal_it_draws_and_gives_the_cursor_back(self):
        sent = self.on_terminal()
        self.assertLess(sent.index("\x1b[?25l"), sent.index("\x1b[?25h"))
        for words in ("10 of 10 events", "Settles after the event", "Capex ledger", "\x1b[1m"):
            self.assertIn(words, sent)

    def test_no_color_means_no_colour(self):
        self.environment["NO_COLOR"] = "1"
        sent = self.on_terminal()
        self.assertNotRegex(sent, r"\x1b\[\d+m")
        self.assertIn("Settles after the event", sent)


if __name__ == "__main__":
    unittest.main(verbosity=2)
