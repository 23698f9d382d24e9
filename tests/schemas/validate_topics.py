#!/usr/bin/python3
"""Validates every record of topics, or of files, against the published schemas.

    validate_topics.py --bootstrap 127.0.0.1:9092 wiremill.facts wiremill.signals
    validate_topics.py --files facts.ndjson signals.ndjson state.ndjson

A record is checked against the schema that it names; our own records may hold no field that is not
described. Records are read to the present end of each partition, committed ones only. A record
without a value is fine in a compacted topic, where it removes a key. Exits with 1 when a record is
wrong, and when a topic or file holds none (unless --allow-empty names it); with 2 when topics or
files cannot be read.
"""

import argparse
import collections
import json
import sys
import time

import records

SHOWN_MAX = 20


class Tally:
    """Counts what was read, and keeps the first faults."""

    def __init__(self):
        self.kinds = collections.Counter()
        self.faults = 0

    def fault(self, where, text):
        self.faults += 1
        if self.faults <= SHOWN_MAX:
            print(f"{where}: {text}", file=sys.stderr)

    def check(self, where, value):
        if value is None:
            self.kinds[where.rsplit("/", 2)[0], "tombstone"] += 1
            return
        try:
            record = json.loads(value)
        except ValueError as error:
            self.fault(where, f"not JSON: {error}")
            return
        name = records.name_of(record)
        if name is None:
            self.fault(where, "names no known schema")
            return
        self.kinds[where.rsplit("/", 2)[0], name] += 1
        for text in records.faults(record, name):
            self.fault(where, text)


def compacted(admin, topic):
    from confluent_kafka.admin import ConfigResource

    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    configs = admin.describe_configs([resource], request_timeout=30)[resource].result()
    return "compact" in configs["cleanup.policy"].value


def read_topic(consumer, topic, deadline):
    """Yields (partition, offset, value) of every committed record up to the present end."""
    from confluent_kafka import OFFSET_BEGINNING, KafkaError, TopicPartition

    known = consumer.list_topics(topic, timeout=30).topics[topic]
    if known.error:
        raise OSError(f"{topic}: {known.error}")
    ends = {}
    for partition in known.partitions:
        low, high = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=30)
        if low < high:
            ends[partition] = high
    # A partition is over at its end event: behind the last record there may be markers only.
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in ends])
    while ends:
        if time.monotonic() > deadline:
            raise OSError(f"{topic}: the end was not reached in time, partitions {list(ends)}")
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            if message.error().code() == KafkaError._PARTITION_EOF:
                ends.pop(message.partition(), None)
                continue
            raise OSError(f"{topic}: {message.error()}")
        if message.partition() not in ends:
            continue
        yield message.partition(), message.offset(), message.value()


def check_topics(arguments, tally):
    from confluent_kafka import KafkaException

    try:
        read_topics(arguments, tally)
    except KafkaException as error:
        raise OSError(f"{arguments.bootstrap}: {error.args[0].str()}") from error


def read_topics(arguments, tally):
    from confluent_kafka import Consumer
    from confluent_kafka.admin import AdminClient

    config = {"bootstrap.servers": arguments.bootstrap}
    admin = AdminClient(config)
    consumer = Consumer({**config, "group.id": "schema-validation", "enable.auto.commit": False,
                         "isolation.level": "read_committed", "enable.partition.eof": True})
    deadline = time.monotonic() + arguments.timeout
    for topic in arguments.names:
        may_remove = compacted(admin, topic)
        for partition, offset, value in read_topic(consumer, topic, deadline):
            where = f"{topic}/{partition}/{offset}"
            if value is None and not may_remove:
                tally.fault(where, "no value, and the topic is not compacted")
            else:
                tally.check(where, value)
    consumer.close()


def check_files(arguments, tally):
    for path in arguments.names:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                tally.check(f"{path}/0/{number}", line)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--bootstrap", help="brokers, host:port[,host:port]")
    source.add_argument("--files", action="store_true", help="the names are NDJSON files")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for all topics")
    parser.add_argument("--allow-empty", action="append", default=[], metavar="NAME")
    parser.add_argument("names", nargs="+", help="topics or files")
    arguments = parser.parse_args()

    tally = Tally()
    try:
        (check_files if arguments.files else check_topics)(arguments, tally)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    for name in arguments.names:
        kinds = {kind: count for (of, kind), count in sorted(tally.kinds.items()) if of == name}
        if not kinds and name not in arguments.allow_empty:
            tally.fault(name, "holds no record")
        print(f"{name}: " + (", ".join(f"{n} {kind}" for kind, n in kinds.items()) or "nothing"))
    print(f"{sum(tally.kinds.values())} records, {tally.faults} faults")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
