"""deploy/compose: what docker-compose makes of it, and its services running without containers."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest
import urllib.error
import urllib.request
import xml.etree.ElementTree

import yaml
from confluent_kafka import Consumer, TopicPartition

from stack import COMPOSE, PROGRAM, ROOT, Stack, example_variables, mounts_of, rendered, wait_for

ONE_SHOT = {"topics", "feeder"}
FEEDER_TOOLS = ["sh", "awk", "sort", "cut", "wc", "mktemp", "mkfifo", "sleep", "rm", "cat"]


class WhatTheFileSays(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = rendered()
        cls.services = cls.file["services"]
        cls.text = (COMPOSE / "compose.yaml").read_text()

    def test_every_variable_has_the_default_that_the_example_shows(self):
        used = set(re.findall(r"\$\{(\w+)", self.text))
        self.assertEqual(used, set(example_variables()) - {"COMPOSE_PROJECT_NAME"})
        self.assertEqual(self.file, rendered(**example_variables()))

    def test_every_file_that_is_mounted_exists_and_cannot_be_written(self):
        for name, service in self.services.items():
            for volume in service.get("volumes", []):
                if volume.startswith("/"):
                    source, _, mode = volume.split(":")
                    self.assertTrue(pathlib.Path(source).exists(), f"{name} mounts {source}")
                    self.assertEqual(mode, "ro", f"{name} mounts {source}")

    def test_no_container_may_more_than_it_must(self):
        for name, service in self.services.items():
            with self.subTest(name):
                self.assertEqual(service["cap_drop"], ["ALL"])
                self.assertEqual(service["security_opt"], ["no-new-privileges:true"])
                user = image_user() if "build" in service else service["user"]
                self.assertRegex(user, r"^[1-9]\d*:[1-9]\d*$")
                self.assertTrue(service.get("read_only") or name == "kafka")
                self.assertFalse(service.get("privileged") or service.get("network_mode"))

    def test_every_container_has_limits_and_an_end_of_its_log(self):
        for name, service in self.services.items():
            with self.subTest(name):
                for limit in ("mem_limit", "cpus", "pids_limit", "logging"):
                    self.assertIn(limit, service)
                wanted = {"no", "on-failure:5"} if name in ONE_SHOT else {"unless-stopped"}
                self.assertIn(service["restart"], wanted)

    def test_ports_are_open_to_this_machine_alone(self):
        published = [port for service in self.services.values()
                     for port in service.get("ports", [])]
        self.assertEqual(len(published), 4)
        for port in published:
            self.assertRegex(port, r"^127\.0\.0\.1:\d+:\d+/tcp$")

    def test_who_is_waited_for_can_be_waited_for(self):
        for name, service in self.services.items():
            for other, how in service.get("depends_on", {}).items():
                if how["condition"] == "service_healthy":
                    self.assertIn("test", self.services[other]["healthcheck"], f"{name} → {other}")
                else:
                    self.assertIn(other, ONE_SHOT, f"{name} → {other}")

    def test_versions_are_those_that_the_project_is_tested_with(self):
        images = {name: service["image"].rsplit(":", 1)[1]
                  for name, service in self.services.items()}
        for name, tag in images.items():
            self.assertRegex(tag, r"^v?\d+\.\d+\.\d+$", f"{name} is not pinned")
        pom = xml.etree.ElementTree.parse(ROOT / "tests/broker/pom.xml")
        maven = "{http://maven.apache.org/POM/4.0.0}"
        kafka = next(e.text for e in pom.iter() if e.tag in ("kafka.version",
                                                             f"{maven}kafka.version"))
        project = re.search(r"project\(wiremill VERSION (\S+)",
                            (ROOT / "CMakeLists.txt").read_text()).group(1)
        kcat = subprocess.run(["kcat", "-V"], capture_output=True, text=True, check=False).stdout
        self.assertEqual(images["kafka"], kafka)
        self.assertEqual({images["wiremill"], images["topics"]}, {project})
        self.assertIn(f"Version {images['feeder']} ", kcat)

    def test_the_service_gets_a_name_that_prometheus_may_use(self):
        prometheus = yaml.safe_load((COMPOSE / "prometheus.yml").read_text())
        targets = [target for job in prometheus["scrape_configs"]
                   for config in job["static_configs"] for target in config["targets"]]
        hosts = yaml.safe_load((COMPOSE / "wiremill.yaml").read_text())["http"]["hosts"]
        self.assertIn("wiremill:8321", targets)
        self.assertIn("wiremill", hosts)

    def test_grafana_finds_the_boards_and_prometheus(self):
        mounts = mounts_of(self.services["grafana"])
        provisioning = mounts["/etc/grafana/provisioning"]
        providers = [provider for path in (provisioning / "dashboards").glob("*.y*ml")
                     for provider in yaml.safe_load(path.read_text())["providers"]]
        sources = [source for path in (provisioning / "datasources").glob("*.y*ml")
                   for source in yaml.safe_load(path.read_text())["datasources"]]
        self.assertIn("http://prometheus:9090", [source["url"] for source in sources])
        for provider in providers:
            self.assertIn(provider["options"]["path"], mounts)
        self.assertTrue(providers)
        home = pathlib.Path(self.services["grafana"]["environment"]
                            ["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
        self.assertTrue((mounts[str(home.parent)] / home.name).is_file(), home)


def image_user():
    instructions = (ROOT / "deploy/Dockerfile").read_text()
    return re.findall(r"^USER (\S+)$", instructions, re.M)[-1]


def count_of(address, topic):
    """Records in a topic, by its ends; nothing has been removed from it."""
    consumer = Consumer({"bootstrap.servers": address, "group.id": "tests-deploy"})
    try:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        ends = [consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=10)
                for p in partitions]
        return sum(high - low for low, high in ends)
    finally:
        consumer.close()


class ItsServicesWithoutContainers(unittest.TestCase):
    """One story told in order, as the services start one after the other."""

    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(SAMPLE_RATE=1000, WIREMILL_TIME="received")
        cls.addClassCleanup(cls.stack.__exit__)
        cls.kafka = f"127.0.0.1:{cls.stack.ports['19092']}"
        cls.stack.start_broker()

    def get(self, port, path, host=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.stack.ports[port]}{path}",
                                         headers={"Host": host} if host else {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def test_1_the_broker_takes_these_properties_and_is_healthy(self):
        self.assertTrue(self.stack.is_healthy("kafka"))

    def test_2_topics_are_made_and_a_second_time_is_no_trouble(self):
        self.assertIn("all 8 topics are as planned", self.stack.checked("topics"))
        self.assertIn("all 8 topics are as planned", self.stack.checked("topics"))

    def test_3_the_service_gets_ready_and_the_image_can_ask_for_it(self):
        service = self.stack.start("wiremill", PROGRAM, "--port", self.stack.ports["8321"])
        ask = [ROOT / "deploy/is-ready", f"127.0.0.1:{self.stack.ports['8321']}"]
        wait_for("the service is ready", 60, lambda: service.poll() is not None or subprocess.run(
            ask, capture_output=True, check=False).returncode == 0)
        self.assertIsNone(service.poll(), self.stack.log("wiremill"))
        self.assertEqual(self.get("8321", "/readyz", "wiremill")[0], 200)
        self.assertEqual(self.get("8321", "/readyz", "page.example")[0], 403)

    def test_4_the_sample_is_fed_by_the_tools_of_its_image_and_makes_signals(self):
        tools = self.stack.folder / "bin"
        tools.mkdir()
        for tool in FEEDER_TOOLS:
            (tools / tool).symlink_to("/bin/busybox")
        (tools / "kcat").symlink_to(shutil.which("kcat"))
        shell = self.stack.services["feeder"]["entrypoint"]
        self.assertEqual(shell[0], "/bin/sh")
        shell[0] = str(tools / "sh")
        said = self.stack.checked("feeder", env={**os.environ, "PATH": str(tools)})
        lines = {topic: sum(len(path.read_bytes().splitlines()) for path in
                            (ROOT / "deploy/sample").glob(f"{topic}-*.ndjson"))
                 for topic in ("news", "filings")}
        self.assertGreater(min(lines.values()), 0)
        self.assertIn(f"all {sum(lines.values())} events are in news and filings", said)
        self.assertEqual({topic: count_of(self.kafka, topic) for topic in lines}, lines)
        wait_for("signals", 60, lambda: count_of(self.kafka, "wiremill.signals") > 0)

    def test_5_prometheus_takes_its_configuration_and_sees_the_service(self):
        self.stack.start("prometheus", "prometheus",
                         f"--web.listen-address=127.0.0.1:{self.stack.ports['9090']}")
        self.stack.until_healthy("prometheus")

        def up():
            status, body = self.get("9090", "/api/v1/query?query=up%7Bjob=%22wiremill%22%7D==1")
            return status == 200 and json.loads(body)["data"]["result"]
        wait_for("Prometheus has scraped the service", 60, up)
        groups = json.loads(self.get("9090", "/api/v1/rules")[1])["data"]["groups"]
        self.assertTrue(groups, "no rules are loaded")

    def test_6_the_service_stops_in_order(self):
        service = self.stack.processes[0]
        service.terminate()
        grace_s = int(self.stack.services["wiremill"]["stop_grace_period"].rstrip("s"))
        self.assertEqual(service.wait(grace_s), 0, self.stack.log("wiremill"))


if __name__ == "__main__":
    unittest.main()
