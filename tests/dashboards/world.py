"""A running service, a feed and a Prometheus that looks at them, for tests and pictures of boards.

    with World(folder, times=20) as world:
        world.feed(seconds=60)
        world.instant("sum(up)")

The sample feed comes as if it were news of this minute: its times become those of sending, and the
catalogue's packs are moved so that they are open today. Everything listens on loopback and is gone
when the with-block ends.
"""
import contextlib
import datetime
import json
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from harness import Service, wait_for  # noqa: E402  (the path comes first)
import scaled  # noqa: E402

SAMPLE = ROOT / "deploy/sample"
BEAT_EVERY = 1.0
PACK_DAYS = ("opens", "evidence_from", "closes")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def catalogue_of_today(folder):
    """A copy of the catalogue whose packs have opened yesterday and stay open for a month."""
    copy = folder / "catalog"
    shutil.copytree(ROOT / "deploy/catalog", copy)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    days = {"opens": -1, "evidence_from": -1, "closes": 30}
    for pack in (copy / "packs").glob("*.yaml"):
        text = pack.read_text(encoding="utf-8")
        for key in PACK_DAYS:
            day = today + datetime.timedelta(days=days[key])
            text = re.sub(rf"^(  {key}: )\d{{4}}-\d\d-\d\d", rf"\g<1>{day}", text, flags=re.M)
        pack.write_text(text, encoding="utf-8")
    return copy


def sample_events():
    """The sample in the order of its own time. A broken line stays text, where it stood."""
    timed = []
    for path in sorted(SAMPLE.glob("*.ndjson")):
        if path.name.startswith("expected"):  # what a reader should find in them
            continue
        at = ""
        for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
            try:
                event = json.loads(line)
            except ValueError:
                event = line
            else:
                at = event.get("received_at") or event.get("published_at") or at
            timed.append((at, event))
    return [event for _, event in sorted(timed, key=lambda one: one[0])]


def stamp(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_of_now(event):
    """The same event, published a moment ago; an embargo ends in a moment."""
    now = datetime.datetime.now(datetime.timezone.utc)
    moment = datetime.timedelta(seconds=0.2 + len(event.get("headline", "")) % 7 * 0.4)
    moved = dict(event, published_at=stamp(now - moment), received_at=stamp(now))
    if event.get("embargo_until"):
        moved["embargo_until"] = stamp(now + datetime.timedelta(seconds=5))
    return moved


FLOOD_PART = 5000  # as many go into one request


class World:
    """`unit`: records that a stage takes at once; few of them make a slow service."""

    def __init__(self, folder, times=1, scrape="1s", unit=5000):
        self.folder, self.times, self.scrape = pathlib.Path(folder), times, scrape
        self.unit = unit

    def __enter__(self):
        catalogue = catalogue_of_today(self.folder)
        self.watched = self.folder / "watched"
        self.watched.mkdir()
        config = self.folder / "wiremill.yaml"
        config.write_text(f"limits: {{batch_records: {self.unit}}}\n", encoding="utf-8")
        self.service = Service(None, "--config", config, "--catalog", catalogue,
                               "--data", self.folder / "data", "--watch", self.watched,
                               log=self.folder / "service.log").start()
        try:
            self.url = self.service.url()
            self.start_prometheus()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if hasattr(self, "prometheus"):
            self.prometheus.terminate()
            self.prometheus.wait(20)
            Service.running.discard(self.prometheus)
        self.service.stop()

    def start_prometheus(self):
        for name in ("recording", "alerts"):
            text = (ROOT / f"dashboards/rules/{name}.yaml").read_text(encoding="utf-8")
            (self.folder / f"{name}.yaml").write_text(
                scaled.shorter(text, self.times) if self.times > 1 else text, encoding="utf-8")
        config = self.folder / "prometheus.yml"
        config.write_text(f"""\
global: {{scrape_interval: {self.scrape}, evaluation_interval: {self.scrape}}}
rule_files: [{self.folder}/recording.yaml, {self.folder}/alerts.yaml]
scrape_configs:
  - job_name: wiremill
    static_configs: [{{targets: ["{self.url.removeprefix('http://')}"]}}]
""", encoding="utf-8")
        port = free_port()
        self.prometheus_url = f"http://127.0.0.1:{port}"
        with (self.folder / "prometheus.log").open("wb") as log:
            self.prometheus = subprocess.Popen(
                ["prometheus", f"--config.file={config}", f"--web.listen-address=127.0.0.1:{port}",
                 f"--storage.tsdb.path={self.folder}/tsdb", "--log.level=warn"],
                stdout=log, stderr=log)
        Service.running.add(self.prometheus)  # killed should this process be
        wait_for("Prometheus has scraped the service", 30, self.has_scraped)

    def has_scraped(self):
        if self.prometheus.poll() is not None:
            raise AssertionError((self.folder / "prometheus.log").read_text())
        try:
            with urllib.request.urlopen(f"{self.prometheus_url}/-/ready", timeout=5):
                return self.instant('up{job="wiremill"} == 1')
        except OSError:
            return False

    def ask(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(f"{self.prometheus_url}{path}?{query}", timeout=20) as got:
                return json.load(got)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error)["error"]) from None

    def instant(self, expr):
        return self.ask("/api/v1/query", query=expr)["result"]

    def range(self, expr, begin, end, step):
        return self.ask("/api/v1/query_range", query=expr, start=begin, end=end,
                        step=step)["result"]

    def firing(self):
        return {alert["labels"]["alertname"] for alert in self.ask("/api/v1/alerts")["alerts"]
                if alert["state"] == "firing"}

    def post(self, events, topic="news"):
        body = "\n".join(json.dumps(event, ensure_ascii=False) for event in events).encode()
        request = urllib.request.Request(f"{self.url}/v1/events?topic={topic}", data=body,
                                         headers={"Content-Type": "application/x-ndjson"})
        with urllib.request.urlopen(request, timeout=60) as got:
            return json.load(got)

    def beat(self):
        now = stamp(datetime.datetime.now(datetime.timezone.utc))
        self.post([{"id": "heartbeat", "published_at": now, "received_at": now,
                    "headline": "heartbeat", "synthetic": True}])

    @contextlib.contextmanager
    def heart(self):
        """Beats until the with-block ends; gives what ends it earlier."""
        stop = threading.Event()

        def beat():
            while not stop.wait(BEAT_EVERY):
                with contextlib.suppress(OSError):  # the log may be blocked
                    self.beat()
        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            thread.join()

    def feed(self, seconds):
        """The whole sample within so many seconds, in its order."""
        events = sample_events()
        began = time.monotonic()
        for number, event in enumerate(events):
            time.sleep(max(0, began + seconds * number / len(events) - time.monotonic()))
            self.send(event)

    def send(self, event):
        """As a file, which takes in what cannot be read too; HTTP would refuse it."""
        line = event if isinstance(event, str) else \
            json.dumps(as_of_now(event), ensure_ascii=False)
        path = self.watched / f"{time.monotonic_ns()}.part"
        path.write_text(line + "\n", encoding="utf-8")
        path.rename(path.with_suffix(".ndjson"))

    @contextlib.contextmanager
    def log_blocked(self):
        """Nobody can commit to the embedded log: another writer has it."""
        path = self.folder / "data/log.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    def flood(self, count):
        """Many events at once: more than can be worked on in a moment."""
        base = as_of_now(next(e for e in sample_events() if "body" in e))
        events = [dict(base, id=f"flood-{number}", story_id=f"flood-{number}",
                       headline=f"Round-up number {number} of the day",
                       body=base["body"] + f" Item {number}.") for number in range(count)]
        for start in range(0, count, FLOOD_PART):
            self.post(events[start:start + FLOOD_PART])
