#!/usr/bin/python3
"""Checks the schemas themselves, every example against its schema, that each record type has its
examples, that spans of facts repeat the words of their event, and that a broken copy of every
example is refused.
"""

import copy
import json
import sys

from jsonschema import Draft202012Validator

import records


def examples():
    """(file name, short name of its schema, record) for each example."""
    for path in sorted((records.FOLDER / "examples").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        by_file = next((name for name in records.EVENTS if path.name.startswith(name)), None)
        yield path.name, by_file or records.name_of(record), record


def spans_in(node):
    if isinstance(node, dict):
        if {"field", "start", "end", "text"} <= node.keys():
            yield node
        for item in node.values():
            yield from spans_in(item)
    if isinstance(node, list):
        for item in node:
            yield from spans_in(item)


def span_faults(record, events):
    """Spans must be as long as their words, and repeat those of the event when we have it."""
    event = events.get(record.get("event", {}).get("id"))
    for span in spans_in(record):
        if span["end"] - span["start"] != len(span["text"]):
            yield f"span {span['text']!r}: {span['start']}..{span['end']} is not its length"
        elif event and event[span["field"]][span["start"]:span["end"]] != span["text"]:
            yield f"span {span['text']!r}: the event does not say so at {span['start']}"


def broken_copies(record, name):
    """Copies with one thing wrong each, which the schema must refuse."""
    for field in records.schemas()[name]["required"]:
        broken = copy.deepcopy(record)
        del broken[field]
        yield f"without {field}", broken
    for field, wrong in (("version", 2), ("action", "delete"), ("published_at", "yesterday"),
                         ("cause", "chance"), ("reason", "bad_luck"), ("kind", "lane")):
        if field in record:
            yield f"with {field} {wrong!r}", {**record, field: wrong}
    if name not in records.EVENTS:
        yield "with a field that is not described", {**record, "surplus": 1}


def main():
    wrong = []
    for name, schema in records.schemas().items():
        Draft202012Validator.check_schema(schema)
        for key in ("title", "description"):
            if not schema.get(key):
                wrong.append(f"{name}.schema.json: no {key}")

    found = list(examples())
    events = {record["id"]: record for _, name, record in found if name in records.EVENTS}
    refused = 0
    for file, name, record in found:
        if name is None:
            wrong.append(f"{file}: no schema for it")
            continue
        wrong += [f"{file}: {fault}" for fault in records.faults(record, name)]
        wrong += [f"{file}: {fault}" for fault in span_faults(record, events)]
        for how, broken in broken_copies(record, name):
            refused += 1
            if not records.faults(broken, name):
                wrong.append(f"{file}: {how} it is accepted")
    for name in records.schemas():
        if not any(name == of for _, of, _ in found):
            wrong.append(f"{name}.schema.json: no example")
    for name in ("news-event", "filing-event", "facts", "signal", "state", "dead-letter"):
        for language in ("ko", "en"):
            if not any(of == name and f"-{language}." in file for file, of, _ in found):
                wrong.append(f"{name}.schema.json: no example with -{language} in its name")

    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{len(records.schemas())} schemas, {len(found)} examples, {refused} broken copies, "
          f"{len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
