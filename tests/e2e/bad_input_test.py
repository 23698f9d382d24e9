"""Input that cannot be read: to the dead letters with reason and original bytes, and on."""
import base64
import json
import subprocess
import tempfile
import unittest

import feeds
from harness import Broker, PROGRAM, Service, checked, event, wait_for, wiremill

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LARGE = 20 << 20

BAD = {
    "bad_json": b'{"id": "x", ',
    "invalid_utf8": b'{"id": "x", "published_at": "2026-02-17T00:00:00Z", "headline": "\xff\xfe"}',
    "empty": b"",
    "tombstone": None,
    "missing_field": b'{"id": "x", "headline": "no time"}',
    "wrong_type": b'{"id": "x", "published_at": 7, "headline": "h"}',
    "bad_time": b'{"id": "x", "published_at": "yesterday", "headline": "h"}',
    "too_deep": b"[" * 5000 + b"]" * 5000,
    "too_large": b'{"id": "' + b"x" * LARGE + b'"}',
}


def original_of(letter):
    original = letter["original"]
    if original is None or original["value"] is None:
        return None
    if original["encoding"] == "base64":
        return base64.b64decode(original["value"])
    return original["value"].encode()


class BadInput(unittest.TestCase):
    def check_letter(self, reason, value, letters):
        found = [l for l in letters if l["reason"] == reason]
        self.assertEqual(len(found), 1, (reason, [l["reason"] for l in letters]))
        letter = found[0]
        self.assertEqual(letter["stage"], "extract")
        self.assertTrue(letter["detail"])
        kept = original_of(letter)
        if letter["original"] and letter["original"].get("truncated"):
            self.assertEqual(letter["original"]["bytes"], len(value))
            self.assertTrue(value.startswith(kept[:1000]))
        else:
            self.assertEqual(kept if value else kept or value, value)

    def test_on_kafka_each_is_a_dead_letter_and_the_line_keeps_moving(self):
        with Broker() as broker:
            broker.lay_out(partitions=1, message_bytes_max=1048576)
            broker_limit = {"max.message.bytes": str(32 << 20)}
            from confluent_kafka.admin import AdminClient, ConfigResource
            admin = AdminClient({"bootstrap.servers": broker.address})
            for future in admin.alter_configs(
                    [ConfigResource("topic", "news", broker_limit)]).values():
                future.result()
            with Service(broker, "--time", "wall") as service:
                broker.produce("news", [("before", event(1))])
                broker.produce("news", [(reason, value, [("traceparent", TRACE.encode())])
                                        for reason, value in BAD.items()])
                broker.produce("news", [("future", event(2, published_at="2099-01-01T00:00:00Z",
                                                         received_at="2026-02-17T00:00:00Z")),
                                        ("after", event(3))])
                wait_for("all dead letters", 60,
                         lambda: len(broker.json("wiremill.dead-letters")) >= len(BAD))
                facts = wait_for("the line to move on", 60, lambda: [
                    r for r in broker.json("wiremill.facts") if len(broker.json(
                        "wiremill.facts")) >= 3])
                status, page = service.get("/metrics")
                self.assertEqual(status, 200)
            letters = broker.json("wiremill.dead-letters")
            self.assertEqual(len(letters), len(BAD))
            for reason, value in BAD.items():
                with self.subTest(reason=reason):
                    self.check_letter(reason, value, letters)
            self.assertEqual({l["traceparent"] for l in letters}, {TRACE})
            ids = {r["event"]["id"]: r["event"] for r in facts}
            self.assertEqual(sorted(ids), ["e1", "e2", "e3"])
            self.assertLess(ids["e2"]["scored_at"], "2026-02-17T00:06", "2099 decays nothing")
            self.assertIn('wiremill_dead_letters_total{reason="bad_json"', page.replace(
                'stage="extract",', ""))

    def test_on_the_embedded_log_a_bad_line_is_a_dead_letter(self):
        with tempfile.TemporaryDirectory() as data:
            feed = event(1) + '\n{"id": \n' + event(2) + "\n"
            subprocess.run([PROGRAM, "--data", data, "run", "--stdin", "--until-drained",
                            "--no-http"], input=feed, text=True, check=True, timeout=60,
                           capture_output=True)
            letters = [json.loads(l) for l in checked(
                wiremill(None, "--data", data, "tap", "dead-letters")).splitlines()]
            facts = checked(wiremill(None, "--data", data, "tap", "facts")).splitlines()
        self.assertEqual([l["reason"] for l in letters], ["bad_json"])
        self.assertEqual(letters[0]["original"]["value"], '{"id": ')
        self.assertEqual(len(facts), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
