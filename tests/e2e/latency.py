#!/usr/bin/python3
"""Latency on a real broker: event appended → facts committed → signal committed.

    tests/e2e/latency.py [--rates 200,2000] [--seconds 20] [--limits]

Times are the broker's own append times: the input's, the facts record's, and the signal's that
names the story. A transaction becomes readable a moment after its last record; that moment is
measured too, by a reader that notes when it sees the signal. With --limits the exit status says
whether the medians stay under 60 ms and the 99th percentiles under 150 ms.
"""
import argparse
import json
import sys
import threading
import time

import feeds
from confluent_kafka import Consumer, TopicPartition
from harness import Broker, Service, event, wait_for

P50_MAX_MS = 60
P99_MAX_MS = 150


class Seen(threading.Thread):
    """Reads committed records as they come and notes when it saw each key first."""

    def __init__(self, broker, topic, key_of):
        super().__init__(daemon=True)
        self.consumer = Consumer({"bootstrap.servers": broker.address, "group.id": "tests-" + topic,
                                  "isolation.level": "read_committed", "fetch.wait.max.ms": 50,
                                  "auto.offset.reset": "earliest"})
        parts = self.consumer.list_topics(topic, timeout=10).topics[topic].partitions
        self.consumer.assign([TopicPartition(topic, p, 0) for p in parts])
        self.key_of = key_of
        self.at = {}
        self.stop = False

    def run(self):
        while not self.stop:
            for message in self.consumer.consume(500, 0.05):
                if message.error():
                    continue
                now = time.time() * 1000
                for key in self.key_of(message):
                    self.at.setdefault(key, now)
        self.consumer.close()


def stories_of_signal(message):
    record = json.loads(message.value())
    return {b["story"] for b in record["because"] + record["against"]}


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(name, values):
    p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
    print(f"  {name:<28} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  max {max(values):6.1f} ms "
          f"({len(values)} events)")
    return p50, p99


COMPANIES = ["Nvidia", "Broadcom", "Micron", "Vertiv", "Eaton", "Arista Networks", "Dell",
             "Oracle", "CoreWeave", "Microsoft", "Meta", "Alphabet", "Amazon", "AMD", "Intel"]


def probe(number):
    """A contract between two companies with an amount of its own, so that each is a new claim."""
    buyer, seller = COMPANIES[number % 15], COMPANIES[(number // 15 + number % 15 + 1) % 15]
    amount = f"{1 + number % 97}.{number % 1000:03}"
    filler = "The companies gave no further details of the terms. " * 60
    return event(number, publisher=f"Outlet {number % 400}",
                 published_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                 received_at=None, headline=f"{seller} wins order number {number}",
                 body=f"{buyer} signed a ${amount} billion supply contract with {seller}, the "
                      f"companies said. {filler}")


def measure(broker, rate, seconds):
    broker.lay_out(partitions=4)
    count = rate * seconds
    with Service(broker) as service:
        wait_for("readiness", 30, lambda: service.get("/readyz")[0] == 200)
        broker.produce("news", feeds.keyed([probe(n) for n in range(-50, 0)]), rate=50)
        facts = Seen(broker, "wiremill.facts", lambda m: [m.key().decode()])
        signals = Seen(broker, "wiremill.signals", stories_of_signal)
        facts.start()
        signals.start()
        broker.produce("news", ((f"e{n}", probe(n)) for n in range(count)), rate=rate)
        wait_for("all facts", 120, lambda: len(facts.at) >= count)
        time.sleep(3)
        facts.stop = signals.stop = True
        facts.join()
        signals.join()
    appended = {m.key().decode(): m.timestamp()[1] for m in broker.read("news")}
    hop = {k: at - appended[k] for k, at in facts.at.items() if k in appended}
    both = {k: at - appended[k] for k, at in signals.at.items() if k in appended}
    second = [signals.at[k] - facts.at[k] for k in both if k in facts.at]
    print(f"{rate} events/s of about 3.5 KB, {seconds} s:")
    report("append → facts readable", list(hop.values()))
    report("facts → signal readable", second)
    return report("append → signal readable", list(both.values()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rates", default="200,2000")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--limits", action="store_true")
    args = parser.parse_args()
    well = True
    with Broker() as broker:
        for rate in args.rates.split(","):
            p50, p99 = measure(broker, int(rate), args.seconds)
            well = well and p50 < P50_MAX_MS and p99 < P99_MAX_MS
    if args.limits and not well:
        sys.exit(f"over the limit of p50 {P50_MAX_MS} ms or p99 {P99_MAX_MS} ms")


if __name__ == "__main__":
    main()
