"""kill -9 at random moments: every fact once, the state of an uninterrupted run, quick returns."""
import os
import random
import re
import subprocess
import threading
import time
import unittest

import feeds
from confluent_kafka import Consumer, TopicPartition
from harness import Broker, ROOT, Service, checked, event, wait_for, wiremill

EVENTS = 5000
KILLS = 20
RATE = 200
OPEN_TRANSACTIONS_MIN = 5
RUNS_MAX = 3
OWN_RETURN_S = 3.0
SESSION_S = 6.0
OTHERS_RETURN_S = SESSION_S + 3.0
SEED = int(os.environ.get("WIREMILL_SEED", time.time_ns() % 100_000))


class Watcher(threading.Thread):
    """Reads committed records as they come: for each partition when the newest was written (by its
    writer's clock) and when it was first seen here, in seconds since 1970."""

    def __init__(self, broker, *topics):
        super().__init__(daemon=True)
        self.consumer = Consumer({"bootstrap.servers": broker.address, "group.id": "tests-watcher",
                                  "isolation.level": "read_committed", "fetch.wait.max.ms": 20,
                                  "auto.offset.reset": "earliest"})
        metadata = self.consumer.list_topics(timeout=10)
        parts = [TopicPartition(t, p, 0) for t in topics for p in metadata.topics[t].partitions]
        self.consumer.assign(parts)
        self.newest = {(p.topic, p.partition): (0, 0) for p in parts}
        self.stopping = False
        self.start()

    def run(self):
        while not self.stopping:
            for message in self.consumer.consume(500, 0.02):
                if not message.error():
                    self.newest[message.topic(), message.partition()] = (
                        message.timestamp()[1] / 1000, time.time())
        self.consumer.close()

    def written_after(self, moment):
        """When records written after the moment were seen, by partition."""
        return {part: seen for part, (written, seen) in list(self.newest.items())
                if written > moment}

    def stop(self):
        self.stopping = True
        self.join()


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
    """When abort markers were written into what the lanes write, in milliseconds."""
    jars = subprocess.run([ROOT / "tests/broker/fetch"], check=True, capture_output=True,
                          text=True).stdout.strip()
    logs = [str(p) for name in ("wiremill.facts", "wiremill.extract-state", "wiremill.score-state")
            for p in (broker.folder / "data").glob(f"{name}-*/*.log")]
    dump = subprocess.run(["java", "-Xmx256m", "-cp", f"{jars}/libs/*",
                           "kafka.tools.DumpLogSegments", "--print-data-log", "--files",
                           ",".join(logs)], check=True, capture_output=True, text=True).stdout
    return [int(m.group(1)) for line in dump.splitlines() if "endTxnMarker: ABORT" in line
            for m in [re.search(r"(?:Create|LogAppend)Time: (\d+)", line)] if m]


class Killed(unittest.TestCase):
    def uninterrupted(self, lines):
        with Broker() as broker:
            broker.lay_out()
            with Service(broker, "--time", "received", instance="only"):
                broker.produce("news", feeds.keyed(lines))
                return finish(broker, len(lines))

    def kill_again_and_again(self, broker, service, feeding, seed):
        """When it was killed (ms since 1970) and how long each first commit after it took (s)."""
        rng = random.Random(seed)
        watcher = Watcher(broker, "wiremill.facts")
        kills, returns = [], []
        wait_for("the first facts", 30, lambda: watcher.written_after(0))
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.05, 1.2))
            service.kill()
            kills.append(time.time() * 1000)
            time.sleep(rng.uniform(0, 0.2))
            began = time.time()
            service.start()
            if feeding.is_alive():
                seen = wait_for("a commit after the restart", 30,
                                lambda b=began: watcher.written_after(b))
                returns.append(min(seen.values()) - began)
        watcher.stop()
        return kills, returns

    def killed_run(self, lines, seed):
        """The state after the run, and how many kills hit an open transaction."""
        with Broker() as broker:
            broker.lay_out()
            service = Service(broker, "--time", "received", instance="only").start()
            feeding = background(broker, lines, RATE)
            kills, returns = self.kill_again_and_again(broker, service, feeding, seed)
            feeding.join()
            state = finish(broker, EVENTS)
            service.stop()
            stories = [m.key().decode() for m in broker.read("wiremill.facts")
                       if not m.key().startswith(b"beat-")]
            aborts = abort_times(broker)
        hit = sum(any(kill <= at < following for at in aborts)
                  for kill, following in zip(kills, kills[1:] + [kills[-1] + 10_000]))
        print(f"seed {seed}: {KILLS} kills, {hit} in an open transaction; first commit after a "
              f"restart: median {sorted(returns)[len(returns) // 2]:.2f} s, max "
              f"{max(returns):.2f} s over {len(returns)}", flush=True)
        self.assertEqual(len(stories), EVENTS)
        self.assertEqual(len(set(stories)), EVENTS)
        self.assertLess(max(returns), OWN_RETURN_S)
        self.assertGreaterEqual(len(returns), KILLS // 2, "the feed ended too early")
        return state, hit

    def test_a_process_killed_20_times_loses_and_doubles_nothing(self):
        lines = [timed(n) for n in range(EVENTS)]
        expected = self.uninterrupted(lines)
        for seed in range(SEED, SEED + RUNS_MAX):
            got, hit = self.killed_run(lines, seed)
            self.assertEqual(got, expected)
            if hit >= OPEN_TRANSACTIONS_MIN:
                return
            print(f"void: fewer than {OPEN_TRANSACTIONS_MIN} kills hit an open transaction")
        self.fail(f"void in all of {RUNS_MAX} runs")

    def test_another_process_takes_over_within_the_session_timeout_and_3_seconds(self):
        lines = [timed(n) for n in range(2500)]
        with Broker() as broker:
            broker.lay_out()
            first = Service(broker, "--time", "received", instance="first").start()
            with Service(broker, "--time", "received", instance="second"):
                feeding = background(broker, lines, 100)
                watcher = Watcher(broker, "wiremill.extract-state", "wiremill.score-state")
                wait_for("work in every lane", 60,
                         lambda: len(watcher.written_after(0)) == len(watcher.newest))
                time.sleep(2)
                first.kill()
                killed = time.time()
                time.sleep(0.1)
                wait_for("a commit in every lane", 40,
                         lambda: len(watcher.written_after(killed)) == len(watcher.newest))
                last = time.time() - killed
                watcher.stop()
                feeding.join()
                wait_for("all facts", 60,
                         lambda: len(broker.read("wiremill.facts")) >= len(lines))
            stories = [m.key() for m in broker.read("wiremill.facts")]
        print(f"takeover by another process: first commit of the last lane after "
              f"{last:.2f} s", flush=True)
        self.assertEqual(len(stories), len(lines))
        self.assertEqual(len(set(stories)), len(lines))
        self.assertLess(last, OTHERS_RETURN_S)


if __name__ == "__main__":
    unittest.main(verbosity=2)
