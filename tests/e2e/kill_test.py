"""kill -9 at random moments: every fact once, the state of an uninterrupted run, quick returns."""
import json
import os
import random
import re
import subprocess
import threading
import time
import unittest

import feeds
from confluent_kafka import Consumer, TopicPartition
from harness import Broker, OUTPUTS, ROOT, Service, checked, event, wait_for, wiremill

EVENTS = 5000
KILLS = 20
RATE = 85
OPEN_TRANSACTIONS_MIN = 5
OWN_RETURN_S = 3.0
SESSION_S = 6.0
OTHERS_RETURN_S = SESSION_S + 3.0
SEED = int(os.environ.get("WIREMILL_SEED", time.time_ns() % 100_000))


class Ends:
    """The last stable offsets of topics, asked for again and again."""

    def __init__(self, broker, *topics):
        self.consumer = Consumer({"bootstrap.servers": broker.address, "group.id": "tests-ends",
                                  "isolation.level": "read_committed"})
        metadata = self.consumer.list_topics(timeout=10)
        self.parts = [TopicPartition(t, p) for t in topics for p in metadata.topics[t].partitions]

    def now(self):
        return {(p.topic, p.partition):
                self.consumer.get_watermark_offsets(p, timeout=10)[1] for p in self.parts}


def timed(number):
    at = f"2026-02-17T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    return event(number, published_at=at, received_at=at)


def background(broker, lines, rate):
    thread = threading.Thread(target=broker.produce, args=("news", feeds.keyed(lines)),
                              kwargs={"rate": rate})
    thread.start()
    return thread


def finish(broker, events):
    """Two synthetic events after everything, so that both runs stand at the same tick."""
    wait_for("all facts", 120,
             lambda: len(broker.read("wiremill.facts")) >= events)
    for number in (1, 2):
        broker.produce("news", feeds.keyed([feeds.beat(number)]))
        time.sleep(1.5)
    sizes = []

    def quiet():
        sizes.append(len(broker.read("wiremill.score-state", "wiremill.signals")))
        return len(sizes) > 8 and len(set(sizes[-8:])) == 1
    wait_for("a settled score stage", 120, quiet)
    return checked(wiremill(broker, "state", "export"))


def abort_times(broker):
    """When abort markers were written in the lanes' state topics, in milliseconds."""
    jars = subprocess.run([ROOT / "tests/broker/fetch"], check=True, capture_output=True,
                          text=True).stdout.strip()
    logs = [str(p) for name in ("wiremill.extract-state", "wiremill.score-state")
            for p in (broker.folder / "data").glob(f"{name}-*/*.log")]
    dump = subprocess.run(["java", "-Xmx256m", "-cp", f"{jars}/libs/*",
                           "kafka.tools.DumpLogSegments", "--print-data-log", "--files",
                           ",".join(logs)], check=True, capture_output=True, text=True).stdout
    return [int(m.group(1)) for line in dump.splitlines() if "endTxnMarker: ABORT" in line
            for m in [re.search(r"CreateTime: (\d+)", line)] if m]


class Killed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.broker = Broker().__enter__()
        print(f"seed {SEED}", flush=True)

    @classmethod
    def tearDownClass(cls):
        cls.broker.__exit__()

    def test_a_process_killed_20_times_loses_and_doubles_nothing(self):
        broker = self.broker
        lines = [timed(n) for n in range(EVENTS)]
        broker.reset()
        with Service(broker, "--time", "received", instance="only"):
            broker.produce("news", feeds.keyed(lines))
            expected = finish(broker, EVENTS)

        broker.reset()
        rng = random.Random(SEED)
        service = Service(broker, "--time", "received", instance="only").start()
        feeding = background(broker, lines, RATE)
        ends = Ends(broker, "wiremill.facts")
        kills, returns = [], []
        wait_for("the first facts", 30, lambda: sum(ends.now().values()) > 0)
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.05, 1.2))
            service.kill()
            kills.append(time.time() * 1000)
            time.sleep(rng.uniform(0, 0.2))
            before = sum(ends.now().values())
            began = time.monotonic()
            service.start()
            if feeding.is_alive():
                wait_for("a commit after the restart", 30,
                         lambda b=before: sum(ends.now().values()) > b)
                returns.append(time.monotonic() - began)
        feeding.join()
        got = finish(broker, EVENTS)
        service.stop()

        stories = [m.key().decode() for m in broker.read("wiremill.facts")
                   if not m.key().startswith(b"beat-")]
        aborts = abort_times(broker)
        hit = sum(any(kill <= at < following for at in aborts)
                  for kill, following in zip(kills, kills[1:] + [kills[-1] + 10_000]))
        print(f"{KILLS} kills, {hit} in an open transaction; first commit after a restart: "
              f"median {sorted(returns)[len(returns) // 2]:.2f} s, max {max(returns):.2f} s "
              f"over {len(returns)}", flush=True)
        self.assertEqual(len(stories), EVENTS)
        self.assertEqual(len(set(stories)), EVENTS)
        self.assertEqual(got, expected)
        self.assertGreaterEqual(hit, OPEN_TRANSACTIONS_MIN,
                                "void: too few kills hit an open transaction")
        self.assertGreaterEqual(len(returns), KILLS // 2, "void: the feed ended too early")
        self.assertLess(max(returns), OWN_RETURN_S)

    def test_another_process_takes_over_within_the_session_timeout_and_3_seconds(self):
        broker = self.broker
        broker.reset()
        lines = [timed(n) for n in range(3000)]
        first = Service(broker, "--time", "received", instance="first").start()
        with Service(broker, "--time", "received", instance="second"):
            feeding = background(broker, lines, 100)
            ends = Ends(broker, "wiremill.extract-state", "wiremill.score-state")
            wait_for("work in every lane", 60, lambda: all(ends.now().values()))
            time.sleep(2)
            first.kill()
            began = time.monotonic()
            before = ends.now()
            time.sleep(0.1)
            before = {k: max(v, before[k]) for k, v in ends.now().items()}
            moved = {}

            def all_moved():
                for lane, end in ends.now().items():
                    if end > before[lane]:
                        moved.setdefault(lane, time.monotonic() - began)
                return len(moved) == len(before)
            wait_for("a commit in every lane", 40, all_moved)
            print(f"takeover by another process: first commit of the last lane after "
                  f"{max(moved.values()):.2f} s", flush=True)
            feeding.join()
            wait_for("all facts", 60, lambda: len(broker.read("wiremill.facts")) >= len(lines))
        stories = [m.key() for m in broker.read("wiremill.facts")]
        self.assertEqual(len(stories), len(lines))
        self.assertEqual(len(set(stories)), len(lines))
        self.assertLess(max(moved.values()), OTHERS_RETURN_S)


if __name__ == "__main__":
    unittest.main(verbosity=2)
