"""deploy/systemd: the unit as systemd reads it, and the program under the unit's command line, its
system calls held against those that the unit allows."""
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile
import unittest

from stack import PROGRAM, ROOT, wait_for
from harness import Broker, event

UNIT = ROOT / "deploy/systemd/wiremill.service"
ENVIRONMENT = ROOT / "deploy/systemd/wiremill.env"
EXPOSURE_MAX = 1.5
INSTALLED = "/usr/local/bin/wiremill"
# SQLite gives files to their folder's owner when root runs it; the unit's user is never asked.
ASKED_AS_ROOT_ALONE = {"fchown"}


def values_of(key):
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text(), re.M)


def systemd(*words):
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def calls_in(groups):
    """The system calls of groups such as @network-io, groups within groups included."""
    calls, open_groups, seen = set(), set(groups), set()
    while open_groups:
        group = open_groups.pop()
        seen.add(group)
        listed = systemd("syscall-filter", group)
        if listed.returncode != 0:
            raise AssertionError(listed.stderr)
        words = {line.strip() for line in listed.stdout.splitlines()[1:]}
        calls |= {word for word in words if word and word[0] not in "#@"}
        open_groups |= {word for word in words if word.startswith("@")} - seen
    return calls


def allowed_calls():
    first, second = values_of("SystemCallFilter")
    return calls_in(first.split()) - calls_in(second.lstrip("~").split())


OF_THE_DEMO = {"WIREMILL_SAMPLE"}  # the service reads no sample


class AsSystemdReadsIt(unittest.TestCase):
    def test_every_line_is_understood(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "wiremill.service")
            copy.write_text(UNIT.read_text().replace(INSTALLED, str(PROGRAM)))
            said = systemd("verify", copy)
            self.assertEqual((said.returncode, said.stdout + said.stderr), (0, ""))

    def test_it_is_hardened(self):
        said = systemd("security", "--offline=true", f"--threshold={EXPOSURE_MAX * 10:.0f}", UNIT)
        self.assertEqual(said.returncode, 0, said.stdout[-300:])

    def test_every_variable_is_in_the_example_and_used(self):
        shown = set(re.findall(r"^#?(WIREMILL_\w+)=", ENVIRONMENT.read_text(), re.M))
        in_unit = set(re.findall(r"\$(\w+)", "\n".join(values_of("ExecStart"))))
        asked = {name for source in (ROOT / "src").rglob("*.cc")
                 for name in re.findall(r'"(WIREMILL_[A-Z_]+)"', source.read_text())}
        self.assertEqual(shown, in_unit | asked - OF_THE_DEMO)


class ItsCommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.state = self.folder / "wiremill"
        self.state.mkdir()

    def command(self, configuration):
        (self.folder / "wiremill.yaml").write_text(configuration)
        options = re.search(r"^#WIREMILL_OPTIONS=(.*)$", ENVIRONMENT.read_text(), re.M).group(1)
        line, = values_of("ExecStart")
        for sign, meaning in ((INSTALLED, PROGRAM), ("%d", self.folder), ("%S", self.folder),
                              ("$WIREMILL_OPTIONS", options)):
            self.assertIn(sign, line)
            line = line.replace(sign, str(meaning))
        return shlex.split(line)

    def test_a_wrong_configuration_ends_with_the_status_that_is_not_started_again(self):
        done = subprocess.run(self.command("http:\n  prot: 1\n"), capture_output=True, text=True,
                              check=False, timeout=30)
        self.assertEqual([str(done.returncode)], values_of("RestartPreventExitStatus"))
        self.assertIn('wiremill.yaml:2: http: unknown key "prot"', done.stderr)

    def trace_of(self, configuration, work):
        """One line for each system call of a service that runs while work() does."""
        trace = self.folder / "trace"
        log = self.folder / "log.txt"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                ["strace", "-f", "-qq", "-o", trace, *self.command(configuration)],
                cwd=self.state, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                env={"PATH": os.environ["PATH"]})
            try:
                wait_for("the service has started", 60, lambda: process.poll() is not None or
                         b"event=service_started" in log.read_bytes())
                self.assertIsNone(process.poll(), log.read_text()[-2000:])
                work()
            finally:
                children = f"/proc/{process.pid}/task/{process.pid}/children"
                for child in pathlib.Path(children).read_text().split():
                    os.kill(int(child), signal.SIGTERM)
                process.wait(60)
        self.assertEqual(process.returncode, 0, log.read_text()[-2000:])
        return trace.read_text(errors="replace").splitlines()

    def judge(self, lines):
        calls = {match.group(1) for match in
                 (re.match(r"\d+ +(\w+)\(", line) for line in lines) if match}
        self.assertGreater(len(calls), 30)
        refused = calls - allowed_calls()
        self.assertEqual(refused - (ASKED_AS_ROOT_ALONE if os.geteuid() == 0 else set()), set())
        written = {match.group(1) for match in (re.search(
            r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", [^)]*(?:O_WRONLY|O_RDWR|O_CREAT)', line)
            for line in lines) if match}
        outside = {path for path in written if not path.startswith((str(self.state), "/dev/null"))}
        self.assertEqual(outside, set())
        self.assertFalse([line for line in lines if "PROT_WRITE|PROT_EXEC" in line])
        families = {match.group(1) for match in
                    (re.search(r"\bsocket\((\w+),", line) for line in lines) if match}
        # Name look-ups ask the kernel for this machine's addresses, and do without an answer.
        self.assertLessEqual(families - {"AF_NETLINK"},
                             set(values_of("RestrictAddressFamilies")[0].split()))

    def test_the_embedded_log_needs_nothing_that_the_unit_refuses(self):
        watched = self.state / "in"
        watched.mkdir()

        def work():
            line = event(1)
            (watched / "part").write_text(line if isinstance(line, str) else line.decode())
            (watched / "part").rename(watched / "a.ndjson")
            wait_for("the file is taken in", 30, (watched / "done/a.ndjson").exists)
        self.judge(self.trace_of(f"http: {{port: 0}}\ninput: {{watch_folder: {watched}}}\n", work))

    def test_the_kafka_client_needs_nothing_that_the_unit_refuses(self):
        with Broker() as broker:
            broker.lay_out()

            def work():
                broker.produce("news", [(None, event(1))])
                wait_for("signals", 60, lambda: broker.read("wiremill.signals"))
            self.judge(self.trace_of(
                f"http: {{port: 0}}\nkafka: {{brokers: '{broker.address}'}}\n", work))


if __name__ == "__main__":
    unittest.main()
