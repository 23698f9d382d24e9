"""A broker, services and topics for tests that look at wiremill from outside.

    with Broker() as broker:
        wiremill(broker, "topics", "apply")
        with Service(broker, "--time", "received") as service:
            broker.produce("news", [(None, line)])
            service.until_drained(broker)

Everything listens on loopback and is gone when the with-block ends.
"""
import atexit
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("WIREMILL_PROGRAM", ROOT / "build/release/src/wiremill"))
COLUMNS = ROOT / "tests/columns"
INPUTS = ["news", "filings"]
OUTPUTS = ["wiremill.facts", "wiremill.held", "wiremill.signals", "wiremill.dead-letters",
           "wiremill.extract-state", "wiremill.score-state"]


def wiremill(broker, *args, **options):
    """Runs a command to its end; `broker` may be None."""
    command = [str(PROGRAM)]
    if broker is not None:
        command += ["--brokers", broker.address]
    options.setdefault("timeout", 120)
    return subprocess.run(command + [str(a) for a in args], capture_output=True, text=True,
                          check=False, **options)


def checked(done):
    """The standard output of a command that must have succeeded."""
    if done.returncode != 0:
        raise AssertionError(f"{done.args} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout


class Broker:
    """A real broker of its own, in a folder that goes with it."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wiremill-broker-"))
        subprocess.run([ROOT / "tests/broker/start", self.folder, str(os.getpid())], check=True,
                       stdout=subprocess.DEVNULL)
        self.address = (self.folder / "address").read_text().strip()
        return self

    def __exit__(self, *_):
        subprocess.run([ROOT / "tests/broker/stop", self.folder, "--kill"], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def lay_out(self, partitions=4, **layout):
        """Makes our topics as `wiremill topics apply` does."""
        config = self.folder / "wiremill.yaml"
        keys = {"input_partitions": partitions, "facts_partitions": partitions, **layout}
        lines = "\n".join(f"  {key}: {value}" for key, value in keys.items())
        config.write_text(f"kafka:\n  brokers: {self.address}\nlayout:\n{lines}\n")
        checked(wiremill(None, "--config", config, "topics", "apply"))

    def create(self, topic, partitions=1, **config):
        admin = AdminClient({"bootstrap.servers": self.address})
        for future in admin.create_topics([NewTopic(topic, partitions, 1, config=config)]).values():
            future.result()

    def produce(self, topic, records, rate=None, **settings):
        """Appends (key, value) or (key, value, headers); `rate` in records a second."""
        producer = Producer({"bootstrap.servers": self.address, "linger.ms": 0 if rate else 20,
                             "message.max.bytes": 32 << 20, "acks": "all", **settings})
        began = time.monotonic()
        for number, record in enumerate(records):
            if rate:
                producer.poll(0)
                time.sleep(max(0, began + number / rate - time.monotonic()))
            while True:
                try:
                    producer.produce(topic, key=record[0], value=record[1],
                                     headers=record[2] if len(record) > 2 else None)
                    break
                except BufferError:
                    producer.poll(0.1)
        if producer.flush(60):
            raise AssertionError("not everything could be produced")

    def read(self, *topics, isolation="read_committed"):
        """All records of the topics up to their present ends, as confluent_kafka messages."""
        consumer = Consumer({"bootstrap.servers": self.address, "group.id": "tests-reader",
                             "isolation.level": isolation, "enable.auto.commit": False,
                             "auto.offset.reset": "earliest", "enable.partition.eof": True,
                             "fetch.message.max.bytes": 32 << 20})
        try:
            metadata = consumer.list_topics(timeout=10)
            parts = [TopicPartition(t, p, 0) for t in topics
                     for p in metadata.topics[t].partitions]
            consumer.assign(parts)
            open_parts = {(p.topic, p.partition) for p in parts}
            messages = []
            deadline = time.monotonic() + 60
            while open_parts:
                if time.monotonic() > deadline:
                    raise AssertionError(f"no end of {open_parts}")
                message = consumer.poll(1.0)
                if message is None:
                    continue
                if message.error():
                    open_parts.discard((message.topic(), message.partition()))
                else:
                    messages.append(message)
            return messages
        finally:
            consumer.close()

    def json(self, *topics):
        return [json.loads(m.value()) for m in self.read(*topics) if m.value() is not None]


class Service:
    """`wiremill run` as a process of its own; it never outlives the tests."""

    running = set()

    def __init__(self, broker, *args, instance=None, log=None):
        self.log_path = pathlib.Path(log or tempfile.mktemp(prefix="wiremill-run-", suffix=".log"))
        self.command = [str(PROGRAM)]
        if broker is not None:
            self.command += ["--brokers", broker.address]
        self.command += ["run", "--port", "0"] + [str(a) for a in args]
        if instance:
            self.command += ["--instance-id", instance]

    def start(self):
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log)
        Service.running.add(self.process)
        return self

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
        self.log_path.unlink(missing_ok=True)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"did not stop within 30 s:\n{self.log()}") from None
        return self.process.returncode

    def log(self):
        return self.log_path.read_text(errors="replace")[-4000:]

    def url(self):
        """Where it listens, as it says itself."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for line in self.log_path.read_text(errors="replace").splitlines():
                if "event=service_started" in line and "address=http://" in line:
                    return "http://" + line.split("address=http://")[1].split()[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"it does not say where it listens:\n{self.log()}")

    def get(self, path):
        try:
            with urllib.request.urlopen(self.url() + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@atexit.register
def kill_what_still_runs():
    for process in Service.running:
        if process.poll() is None:
            process.kill()


def wait_for(what, seconds, condition):
    """Polls until the condition gives something true; that is the result."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def event(number, **fields):
    """A small invented news event."""
    base = {"id": f"e{number}", "published_at": "2026-02-17T00:00:00Z",
            "received_at": "2026-02-17T00:00:00Z", "publisher": "Example Wire", "lang": "en",
            "headline": f"Amazon signs contract number {number}",
            "body": f"Amazon said it signed a $1.{number % 90 + 10} billion supply contract with "
                    f"Nvidia, the companies said on Tuesday. Order {number}."}
    base.update(fields)
    return json.dumps(base, ensure_ascii=False)
