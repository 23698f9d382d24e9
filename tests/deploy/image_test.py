"""deploy/Dockerfile, as far as it can be judged without a build; tests/deploy/image builds it."""
import fnmatch
import json
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile
import time
import unittest

from stack import PROGRAM, ROOT

DOCKERFILE = ROOT / "deploy/Dockerfile"


def instructions():
    """(verb, rest) of each instruction, long lines joined."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(), flags=re.M).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def rests_of(verb):
    return [rest for name, rest in instructions() if name == verb]


def packages_of(group):
    lines = (line.split() for line in (ROOT / "deploy/packages.txt").read_text().splitlines())
    return {words[1] for words in lines if words and words[0] == group}


def owner_of(library):
    """The package of a file, whichever way the merged /usr spells its path."""
    path = pathlib.Path(library).resolve()
    for spelled in (path, pathlib.Path(str(path).removeprefix("/usr"))):
        done = subprocess.run(["dpkg", "-S", spelled], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    raise AssertionError(f"no package owns {library}")


def is_debian_12():
    return 'VERSION_ID="12"' in pathlib.Path("/etc/os-release").read_text()


class Image(unittest.TestCase):
    def test_what_it_copies_is_there_and_not_ignored(self):
        ignored = [line for line in (ROOT / ".dockerignore").read_text().splitlines()
                   if line and not line.startswith("#")]
        copied = [words[:-1] for words in map(str.split, rests_of("COPY"))
                  if not words[0].startswith("--from")]
        self.assertGreater(len(copied), 2)
        for source in (source for sources in copied for source in sources):
            self.assertTrue((ROOT / source).exists(), source)
            folders = [str(p) for p in pathlib.PurePath(source).parents] + [source]
            for pattern in ignored:
                self.assertFalse(any(fnmatch.fnmatch(f, pattern) for f in folders if f != "."),
                                 f"{source} is ignored by {pattern}")

    @unittest.skipUnless(is_debian_12(), "the image is Debian 12, this machine is not")
    def test_its_libraries_are_those_that_the_program_is_linked_with(self):
        dynamic = subprocess.run(["readelf", "-d", PROGRAM], capture_output=True, text=True,
                                 check=True).stdout
        found = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        paths = dict(re.findall(r"^\s*(\S+) => (\S+)", found, re.M))
        needed = {owner_of(paths[name])
                  for name in re.findall(r"\(NEEDED\).*\[(\S+)\]", dynamic)}
        self.assertEqual(packages_of("image"), needed - {"libc6"})

    def test_it_runs_as_a_number_and_without_a_shell(self):
        self.assertRegex(rests_of("USER")[-1], r"^[1-9]\d*:[1-9]\d*$")
        self.assertTrue(json.loads(rests_of("ENTRYPOINT")[-1]))
        self.assertTrue(json.loads(rests_of("HEALTHCHECK")[-1].split("CMD ")[1]))

    def test_its_command_starts_and_stops_the_service(self):
        command = json.loads(rests_of("ENTRYPOINT")[-1]) + json.loads(rests_of("CMD")[-1])
        self.assertEqual(command[0], "wiremill")
        with tempfile.TemporaryDirectory() as folder:
            words = [word.replace("/var/lib/wiremill", folder).replace("0.0.0.0", "127.0.0.1")
                     for word in command[1:]]
            process = subprocess.Popen([PROGRAM, *words, "--port", "0"], cwd=folder, text=True,
                                       stderr=subprocess.PIPE)
            began = time.monotonic()
            for line in process.stderr:
                if "event=service_started" in line or time.monotonic() - began > 30:
                    break
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
            self.assertEqual(process.returncode, 0)
            self.assertTrue((pathlib.Path(folder) / "log").is_dir())


class Installed(unittest.TestCase):
    def test_the_program_finds_its_catalogue_wherever_it_is_installed(self):
        build = PROGRAM.resolve().parents[1]
        with tempfile.TemporaryDirectory() as prefix:
            subprocess.run(["cmake", "--install", build, "--prefix", prefix, "--strip"],
                           check=True, capture_output=True)
            said = subprocess.run([f"{prefix}/bin/wiremill", "version"], cwd="/", text=True,
                                  capture_output=True, check=False)
            self.assertEqual(said.returncode, 0, said.stderr)
            installed = pathlib.Path(prefix, "share/wiremill/catalog")
            self.assertEqual({p.relative_to(installed) for p in installed.rglob("*")},
                             {p.relative_to(ROOT / "deploy/catalog")
                              for p in (ROOT / "deploy/catalog").rglob("*")})

    def test_what_the_page_copies_is_there(self):
        page = (ROOT / "deploy/README.md").read_text()
        installed = [shlex.split(line)[-2] for line in page.splitlines()
                     if line.startswith("sudo install -D")]
        self.assertEqual(len(installed), 3)
        for source in installed:
            self.assertTrue((ROOT / source).is_file(), source)


if __name__ == "__main__":
    unittest.main()
