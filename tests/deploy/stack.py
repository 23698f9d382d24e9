"""The services of deploy/compose without containers: what docker-compose makes of the file, and the
same programs with the same settings as plain processes of this machine.

    with Stack(SAMPLE_RATE=200) as stack:
        stack.start_broker()
        stack.checked("topics")

In their own network the services have names and fixed ports; here each port becomes a free one on
loopback, and each path of a container the file that is mounted there. Nothing else is changed.
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from harness import PROGRAM, wait_for  # noqa: E402

COMPOSE = ROOT / "deploy/compose"
SHOWN = 3000


def rendered(**variables):
    """The file with every variable filled in, the profile of the sample included."""
    with tempfile.NamedTemporaryFile("w", suffix=".env") as env_file:
        env_file.write("".join(f"{name}={value}\n" for name, value in variables.items()))
        env_file.flush()
        done = subprocess.run(
            ["docker-compose", "--project-directory", COMPOSE, "-f", COMPOSE / "compose.yaml",
             "--env-file", env_file.name, "--profile", "sample", "config"],
            capture_output=True, text=True, check=False,
            env={"PATH": os.environ["PATH"], "HOME": tempfile.gettempdir()})
    if done.returncode != 0:
        raise AssertionError(f"docker-compose does not take the file:\n{done.stderr}")
    return yaml.safe_load(done.stdout)


def example_variables():
    lines = (COMPOSE / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def mounts_of(service, volumes=None):
    """Path in the container → path here; named volumes only when there is a folder for them."""
    parts = [volume.split(":") for volume in service.get("volumes", [])]
    mounts = {part[1]: pathlib.Path(part[0]) for part in parts if part[0].startswith("/")}
    named = {part[1]: volumes / part[0] for part in parts if volumes and part[0][0] != "/"}
    return {**mounts, **named}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Stack:
    def __init__(self, **variables):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wiremill-stack-"))
        self.processes = []
        published = {name: free_port() for name in example_variables() if name.endswith("_PORT")}
        self.services = rendered(**{**published, **variables})["services"]
        self.ports = {"9092": free_port(), "9093": free_port()}  # of the broker, not published
        for service in self.services.values():
            for port in service.get("ports", []):
                _, outside, inside = port.removesuffix("/tcp").split(":")
                self.ports[inside] = int(outside)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        subprocess.run([ROOT / "tests/broker/stop", self.folder / "broker", "--kill"], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def here(self, name, text):
        """What a text of a service means on this machine."""
        hosts = "|".join([*self.services, r"127\.0\.0\.1", "0.0.0.0", "(?<=//)"])
        text = re.sub(rf"(?<![\w.])(?:{hosts})([:/])(\d+)\b",
                      lambda at: f"127.0.0.1{at[1]}{self.ports.get(at[2], at[2])}", text)
        text = text.replace("0.0.0.0", "127.0.0.1")
        mounts = mounts_of(self.services[name], self.folder)
        for inside, outside in mounts.items():
            text = re.sub(rf"(?<![\w./]){re.escape(inside)}(?![\w.-])", str(outside), text)
        return text

    def copy_of(self, name, inside):
        """A mounted file with its addresses and paths made those of this machine."""
        source = mounts_of(self.services[name])[inside]
        copy = self.folder / f"{name}-{source.name}"
        copy.write_text(self.here(name, source.read_text()))
        return copy

    def command(self, name, program):
        """The service's command line, with copies of the configurations that it names."""
        service = self.services[name]
        words = list(service.get("entrypoint", [str(program)])) + service["command"]
        for inside, outside in mounts_of(service).items():
            if any(inside in word for word in words) and outside.suffix in (".yaml", ".yml"):
                copy = str(self.copy_of(name, inside))
                words = [word.replace(inside, copy) for word in words]
        return [self.here(name, word) for word in words]

    def start_broker(self):
        """A broker with the properties that its image makes of the environment."""
        environment = self.services["kafka"]["environment"]
        properties = {name[len("KAFKA_"):].lower().replace("_", "."): str(value)
                      for name, value in environment.items() if name != "KAFKA_HEAP_OPTS"}
        folder = self.folder / "broker"
        folder.mkdir()
        properties["log.dirs"] = str(folder / "data")
        lines = (f"{key}={self.here('kafka', value)}\n" for key, value in properties.items())
        (folder / "server.properties").write_text("".join(lines))
        (folder / "address").write_text(f"127.0.0.1:{self.ports['19092']}\n")
        libraries = subprocess.run([ROOT / "tests/broker/fetch"], capture_output=True, text=True,
                                   check=True).stdout.strip()
        log_settings = f"-Dlog4j.configuration=file:{ROOT / 'tests/broker/log4j.properties'}"
        subprocess.run(["java", log_settings, "-cp", f"{libraries}/libs/*",
                        "kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw",
                        "-c", folder / "server.properties"], check=True, capture_output=True)
        subprocess.run([ROOT / "tests/broker/start", folder, str(os.getpid())], check=True,
                       capture_output=True)

    def checked(self, name, program=PROGRAM, **options):
        """Runs a service that ends; what it printed."""
        done = subprocess.run(self.command(name, program), text=True, capture_output=True,
                              check=False, timeout=120, **options)
        if done.returncode != 0:
            raise AssertionError(f"{name} ended with {done.returncode}:\n{done.stdout[-SHOWN:]}"
                                 f"{done.stderr[-SHOWN:]}")
        return done.stdout

    def start(self, name, program, *further):
        """Starts a service that stays."""
        log = self.folder / f"{name}.log"
        command = self.command(name, program) + [str(word) for word in further]
        with log.open("wb") as sink:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                                       cwd=self.folder)
        self.processes.append(process)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")[-SHOWN:]

    def is_healthy(self, name):
        """Whether the service's health check passes, run here as it would be inside."""
        test = self.services[name]["healthcheck"]["test"]
        assert test[0] == "CMD", test
        words = [self.here(name, word) for word in test[1:]]
        return subprocess.run(words, capture_output=True, check=False, timeout=30).returncode == 0

    def until_healthy(self, name, seconds=60):
        wait_for(f"{name} is healthy", seconds, lambda: self.is_healthy(name))
