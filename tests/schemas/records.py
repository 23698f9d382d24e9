"""The published schemas as validators, one a record type.

A record says what it is in its field "schema"; events say nothing and are named by the caller.
Published schemas let our own records grow fields; `closed` does not, so that a field which is
written but not described is found here.
"""

import copy
import functools
import json
import pathlib

from jsonschema import Draft202012Validator, RefResolver

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "schemas"
EVENTS = {"news-event", "filing-event"}
BY_SCHEMA = {
    "wiremill.facts": "facts",
    "wiremill.signal": "signal",
    "wiremill.state": "state",
    "wiremill.dead-letter": "dead-letter",
    "wiremill.position": "position",
    "wiremill.lane": "lane",
}


def closed(schema):
    """The schema with every described object refusing fields that are not described."""
    schema = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, list):
            for item in node:
                close(item)
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict) and "type" in node:
                node.setdefault("additionalProperties", False)
            for item in node.values():
                close(item)

    close(schema)
    return schema


@functools.lru_cache(maxsize=None)
def schemas():
    """Every schema by its short name; those of our own records closed."""
    found = {}
    for path in sorted(FOLDER.glob("*.schema.json")):
        name = path.name.removesuffix(".schema.json")
        schema = json.loads(path.read_text(encoding="utf-8"))
        found[name] = schema if name in EVENTS else closed(schema)
    return found


@functools.lru_cache(maxsize=None)
def validator(name):
    schema = schemas()[name]
    store = {each["$id"]: each for each in schemas().values()}
    return Draft202012Validator(schema, resolver=RefResolver(schema["$id"], schema, store=store))


def name_of(record):
    """Short name of the schema that the record says it has; None when it says none we know. A
    record that says none and has a time of publication is an event."""
    if not isinstance(record, dict):
        return None
    if "schema" not in record and "published_at" in record:
        return "filing-event" if record.get("form") == "filing" else "news-event"
    return BY_SCHEMA.get(record.get("schema"))


def faults(record, name):
    """What is wrong with the record, one text each."""
    return [
        f"{'.'.join(str(part) for part in error.absolute_path) or 'the record'}: "
        f"{error.message[:300]}"
        for error in sorted(validator(name).iter_errors(record), key=lambda e: e.json_path)
    ]
