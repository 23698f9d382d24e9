"""Other people's tools: kcat in, kcat out, jsonschema over every topic, promtool over the page."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import feeds
from harness import (Broker, OUTPUTS, PROGRAM, ROOT, Service, checked, wait_for,
                     wiremill)


class Outside(unittest.TestCase):
    def test_kcat_produces_an_event_and_reads_its_signal(self):
        with Broker() as broker:
            broker.lay_out(partitions=1)
            with Service(broker, "--time", "received") as service:
                line = feeds.follow_ups()[1]
                subprocess.run(["kcat", "-P", "-b", broker.address, "-t", "news", "-k", "raised",
                                "-H", "traceparent=00-0af7651916cd43dd8448eb211c80319c-"
                                      "b7ad6b7169203331-01"],
                               input=line.encode(), check=True, timeout=30)

                def signal():
                    read = subprocess.run(
                        ["kcat", "-C", "-b", broker.address, "-t", "wiremill.signals", "-e", "-q",
                         "-X", "isolation.level=read_committed", "-f", "%k %s\n"],
                        capture_output=True, text=True, check=True, timeout=30).stdout
                    return [l for l in read.splitlines()
                            if l.startswith("scenario/") and '"story":"raised-guidance"' in l]
                found = wait_for("a signal that names the story", 30, signal)
                scope, value = found[-1].split(" ", 1)
                record = json.loads(value)
                self.assertEqual((record["schema"], record["scope"]), ("wiremill.signal", scope))
                quotes = [b["quote"]["text"] for b in record["because"] + record["against"]]
                self.assertTrue(any("가이던스" in quote for quote in quotes), quotes)
                broker.produce("news", feeds.keyed(feeds.columns() + feeds.follow_ups()[::2]))
                broker.produce("filings", [(None, b"{")])
                wait_for("all facts", 60, lambda: len(broker.read("wiremill.facts")) >= 6)
                wait_for("the dead letter", 60, lambda: broker.read("wiremill.dead-letters"))
                wait_for("a signal of the pack", 60, lambda: [
                    s for s in broker.json("wiremill.signals") if s["scope"] == feeds.PACK])
                status, page = service.get("/metrics")
                self.assertEqual(status, 200)
                self.assertEqual(service.get("/healthz")[0], 200)
                self.assertEqual(service.get("/readyz")[0], 200)
            lint = subprocess.run(["promtool", "check", "metrics"], input=page, text=True,
                                  capture_output=True, check=False)
            self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))
            valid = subprocess.run(
                [ROOT / "tests/schemas/validate_topics.py", "--bootstrap", broker.address,
                 "--allow-empty", "wiremill.held", "news", *OUTPUTS],
                capture_output=True, text=True, check=False, timeout=120)
            print(valid.stdout, flush=True)
            self.assertEqual(valid.returncode, 0, valid.stderr)

    def test_an_event_by_http_gives_a_signal_on_the_embedded_log(self):
        with tempfile.TemporaryDirectory() as data:
            service = Service(None, "--data", data, "--time", "received")
            with service:
                import urllib.request
                body = feeds.follow_ups()[1].encode()
                asked = urllib.request.Request(service.url() + "/v1/events", data=body,
                                               headers={"Content-Type": "application/json"})
                with urllib.request.urlopen(asked, timeout=10) as answer:
                    self.assertEqual(answer.status, 202)
                wait_for("the event to be worked on", 30, lambda: (
                    'wiremill_signals_produced_total{kind="company"} 0' not in
                    service.get("/metrics")[1]))
                self.assertEqual(service.stop(), 0)
            signals = checked(wiremill(None, "--data", data, "tap", "signals"))
            self.assertIn('"scope":"company/NVDA"', signals)


class Replays(unittest.TestCase):
    def replay(self, folder, name, **environment):
        out = {kind: pathlib.Path(folder) / f"{name}-{kind}" for kind in
               ("facts", "signals", "state")}
        checked(wiremill(None, "replay", pathlib.Path(folder) / "events", *[
            part for kind, path in out.items() for part in (f"--{kind}", path)],
            env={**os.environ, **environment}))
        return {kind: path.read_bytes() for kind, path in out.items()}

    def test_the_same_files_give_the_same_bytes_on_another_processor(self):
        with tempfile.TemporaryDirectory() as folder:
            events = feeds.columns() + feeds.follow_ups() + feeds.load(300)
            (pathlib.Path(folder) / "events").write_text("\n".join(events), encoding="utf-8")
            first = self.replay(folder, "first")
            again = self.replay(folder, "again")
            other = self.replay(folder, "other",
                                GLIBC_TUNABLES="glibc.cpu.hwcaps=-FMA,-AVX2")
        self.assertTrue(first["signals"])
        self.assertEqual(first, again)
        self.assertEqual(first, other)


class Companies(unittest.TestCase):
    def test_a_list_of_companies_may_stand_before_the_files(self):
        with tempfile.TemporaryDirectory() as folder:
            companies = pathlib.Path(folder) / "companies.csv"
            companies.write_text("id,ticker,exchange,name,aliases,country,valid_from,valid_to\n"
                                 "XBLUE,BLUE,NYSE,Bluefin Turbines Inc,Bluefin|블루핀터빈,US,,\n")
            events = pathlib.Path(folder) / "events"
            events.write_text('{"id": "1", "published_at": "2026-02-17T00:00:00Z", '
                              '"headline": "블루핀터빈의 수주"}\n')
            lines = checked(wiremill(None, "extract", "--ndjson", "--companies", companies,
                                     events)).splitlines()
        self.assertEqual([c["id"] for c in json.loads(lines[0])["companies"]], ["XBLUE"])


class ErrorsForPeople(unittest.TestCase):
    def ends(self, code, text, *args, **options):
        done = wiremill(None, *args, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(text, done.stderr)

    def test_a_missing_broker_is_named(self):
        self.ends(3, "127.0.0.1:1", "--brokers", "127.0.0.1:1", "topics", "check")

    def test_a_wrong_configuration_key_is_named_with_file_and_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "wiremill.yaml"
            path.write_text("log:\n  levle: info\nhttp:\n  port: 70000\n")
            self.ends(2, 'wiremill.yaml:2: log: unknown key "levle", did you mean "level"?',
                      "--config", path, "topics", "plan")
            self.ends(2, "wiremill.yaml:4", "--config", path, "topics", "plan")

    def test_a_busy_port_is_named(self):
        import socket
        with socket.socket() as taken, tempfile.TemporaryDirectory() as data:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            self.ends(2, str(port), "--data", data, "run", "--port", port)

    def test_missing_topics_are_named_with_what_to_do(self):
        with Broker() as broker:
            done = wiremill(broker, "topics", "check")
            self.assertEqual(done.returncode, 4)
            self.assertIn('topic "wiremill.facts" does not exist', done.stdout)
            with Service(broker) as service:
                wait_for("a reason", 30, lambda: "wiremill topics apply" in
                         service.get("/readyz")[1])
                self.assertEqual(service.get("/readyz")[0], 503)

    def test_a_second_process_on_the_embedded_log_is_refused(self):
        with tempfile.TemporaryDirectory() as data:
            with Service(None, "--data", data) as service:
                service.url()
                self.ends(2, data, "--data", data, "state", "export")


if __name__ == "__main__":
    unittest.main(verbosity=2)
