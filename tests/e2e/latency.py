#!/usr/bin/python3
"""Latency on a real broker: event appended → facts committed → signal committed.

    tests/e2e/latency.py [--rates 200,2000] [--load wire|crowded] [--seconds 20] [--limit-up-to 200]

A reader of committed records notes when it sees each story's facts record, and when it sees the
story in the score state: that record is in the same transaction as the signals that the story
moves, so it is readable exactly when they are. Times begin at the broker's append time of the
event.

In the load `wire` 37 events in a hundred name a company of the catalogue and 5 carry a fact, which
is meant to be a little more than a general wire has; what `wiremill replay --facts` writes for a
feed of your own tells its shares. In `crowded` every event names a company and a third carry a
contract, so that each moves scopes full of others.

With --limit-up-to the exit status says whether the median stays under 60 ms and the 99th percentile
under 150 ms at rates up to that one.
"""
import argparse
import sys
import threading
import time

import feeds
from confluent_kafka import Consumer, TopicPartition
from harness import Broker, Service, event, wait_for

P50_MAX_MS = 60
P99_MAX_MS = 150
WARM_UP_SECONDS = 5  # at the same rate, not counted: a broker just started compiles its code


class Seen(threading.Thread):
    """Reads committed records as they come and notes when it saw each key first."""

    def __init__(self, broker, topic, prefix=""):
        super().__init__(daemon=True)
        self.consumer = Consumer({"bootstrap.servers": broker.address, "group.id": "tests-" + topic,
                                  "isolation.level": "read_committed", "fetch.wait.max.ms": 50,
                                  "auto.offset.reset": "earliest"})
        parts = self.consumer.list_topics(topic, timeout=10).topics[topic].partitions
        self.consumer.assign([TopicPartition(topic, p, 0) for p in parts])
        self.prefix = prefix
        self.at = {}
        self.stop = False
        self.start()

    def run(self):
        while not self.stop:
            for message in self.consumer.consume(1000, 0.01):
                if message.error():
                    continue
                key = message.key().decode()
                if key.startswith(self.prefix):
                    self.at.setdefault(key[len(self.prefix):], time.time() * 1000)
        self.consumer.close()


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(name, values):
    p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
    print(f"  {name:<28} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  max {max(values):6.1f} ms "
          f"({len(values)} events)")
    return p50, p99


COMPANIES = """Nvidia|Broadcom|Micron|Vertiv|Eaton|Arista Networks|Dell|Oracle|CoreWeave|Microsoft
Meta|Alphabet|Amazon|AMD|Intel|Qualcomm|Marvell|Samsung Electronics|SK hynix|TSMC|ASML|Nebius
Applied Materials|Lam Research|Super Micro Computer|Schneider Electric|Bloom Energy|Equinix
Digital Realty|Apple|Tesla|IBM|Netflix|Salesforce|Palantir|OpenAI|Anthropic|Cisco|Arm|Coherent
""".replace("\n", "|").strip("|").split("|")
FILLER = ("The companies gave no further details of the terms. " * 60)[:3000]


def contract(number, buyer):
    seller = COMPANIES[(number * 7 + number // 40 + 1) % len(COMPANIES)]
    return (f"{buyer} signed a ${1 + number % 97}.{number % 1000:03} billion supply contract with "
            f"{seller}, the companies said.")


def office(number, who):
    return f"{who} opened office number {number} and named a head of its local team."


def probe(number, load):
    """News with an amount or a number of its own; see above for what it speaks of."""
    company = COMPANIES[number % len(COMPANIES)]
    who, with_fact = company, number % 3 == 0
    if load == "wire":
        with_fact = number % 20 == 0
        who = company if with_fact or number % 3 == 0 else "The town council"
    what = contract(number, who) if with_fact else office(number, who)
    return event(number, publisher=f"Outlet {number % 400}", received_at=None,
                 published_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                 headline=f"{who} in brief, note {number}", body=f"{what} {FILLER}")


def measure(broker, rate, load, seconds):
    broker.lay_out(partitions=4)
    count = rate * seconds
    with Service(broker) as service:
        wait_for("readiness", 30, lambda: service.get("/readyz")[0] == 200)
        facts = Seen(broker, "wiremill.facts")
        signals = Seen(broker, "wiremill.score-state", "story/")
        warm_up = WARM_UP_SECONDS * rate
        broker.produce("news", feeds.keyed([probe(n, load) for n in range(-warm_up, 0)]), rate=rate)
        broker.produce("news", ((f"e{n}", probe(n, load)) for n in range(count)), rate=rate)
        wait_for("all stories", 120,
                 lambda: all(f"e{n}" in signals.at for n in range(count)))
        facts.stop = signals.stop = True
        facts.join()
        signals.join()
    appended = {m.key().decode(): m.timestamp()[1] for m in broker.read("news")}
    events = [f"e{n}" for n in range(count)]
    print(f"{rate} events/s of about 3.5 KB, load {load}, {seconds} s:")
    report("append → facts readable", [facts.at[e] - appended[e] for e in events])
    report("facts → signal readable", [signals.at[e] - facts.at[e] for e in events])
    both = [signals.at[e] - appended[e] for e in events]
    return report("append → signal readable", both)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rates", default="200,2000")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--load", choices=("wire", "crowded"), default="wire")
    parser.add_argument("--limit-up-to", type=int, default=0)
    args = parser.parse_args()
    well = True
    for rate in args.rates.split(","):
        with Broker() as broker:
            p50, p99 = measure(broker, int(rate), args.load, args.seconds)
        if int(rate) <= args.limit_up_to:
            well = well and p50 < P50_MAX_MS and p99 < P99_MAX_MS
    if not well:
        sys.exit(f"over the limit of p50 {P50_MAX_MS} ms or p99 {P99_MAX_MS} ms")


if __name__ == "__main__":
    main()
