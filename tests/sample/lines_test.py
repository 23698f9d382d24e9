#!/usr/bin/python3
"""Every line of the sample feed against the schemas; the wrong ones are those that say so."""
import json
import pathlib
import re
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "deploy/sample"


def lines_of(path):
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def schema(name):
    text = (ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def is_valid(validator, line):
    try:
        return validator.is_valid(json.loads(line))
    except json.JSONDecodeError:
        return False


class Lines(unittest.TestCase):
    def test_only_the_announced_lines_break_the_schema(self):
        found = 0
        for path in sorted(SAMPLE.glob("expected-*.ndjson")):
            lang = path.stem.split("-")[1]
            announced = {entry["event"] for entry in map(json.loads, lines_of(path))
                         if "dead_letter" in entry}
            broken = set()
            for kind, name in (("news", "news-event"), ("filings", "filing-event")):
                validator = schema(name)
                for line in lines_of(SAMPLE / f"{kind}-{lang}.ndjson"):
                    found += 1
                    if not is_valid(validator, line):
                        broken.add(re.search(r'"id"\s*:\s*"?([^",}]+)', line)[1])
            self.assertEqual(broken, announced, lang)
            readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
            self.assertEqual([name for name in announced if f"`{name}`" not in readme], [])
        self.assertGreater(found, 100)

    def test_time_passes_in_the_order_of_the_lines(self):
        for path in sorted(SAMPLE.glob("*-??.ndjson")):
            if path.stem.startswith("expected"):
                continue
            times = [match[1] for match in re.finditer(r'"received_at": "([^"]+)"',
                                                       path.read_text(encoding="utf-8"))]
            self.assertGreater(len(times), 10, path.name)
            self.assertEqual(times, sorted(times), path.name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
