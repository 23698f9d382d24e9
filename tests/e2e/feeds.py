"""Feeds for the tests: the three columns as events, invented follow-ups, load, bad input."""
import json

from harness import COLUMNS, event

COLUMN_TIMES = {"2025-12-infrastructure-year": "2025-12-20T06:00:00Z",
                "2025-12-trainium": "2025-12-23T06:00:00Z",
                "2026-02-capex": "2026-02-16T06:00:00Z"}
PACK = "scenario/capex-shock-2026"
LAST_BEAT = "2026-02-18T12:00:00Z"


def column(name, change=lambda text: text):
    """One column as a news event: its first line is the headline."""
    text = change((COLUMNS / f"{name}.txt").read_text(encoding="utf-8"))
    at = COLUMN_TIMES[name]
    return json.dumps({"id": name, "published_at": at, "received_at": at, "form": "column",
                       "publisher": "Example Column", "lang": "ko",
                       "headline": text.splitlines()[0].strip() or name, "body": text},
                      ensure_ascii=False)


def columns():
    return [column(name) for name in COLUMN_TIMES]


def story(story_id, at, publisher, headline, body, **fields):
    return json.dumps({"id": story_id, "published_at": at, "received_at": at, "form": "news",
                       "publisher": publisher, "headline": headline, "body": body, **fields},
                      ensure_ascii=False)


def follow_ups():
    """A spender's weak guidance, a supplier's raised guidance, a soft inflation print."""
    return [
        story("weak-guidance", "2026-02-17T21:05:00Z", "Reuters",
              "Microsoft cuts first-quarter revenue guidance",
              "Microsoft lowered its first-quarter revenue guidance to $78 billion from "
              "$81 billion, the company said on Tuesday."),
        story("raised-guidance", "2026-02-17T22:10:00Z", "연합뉴스",
              "엔비디아, 1분기 매출 가이던스 상향",
              "엔비디아는 1분기 매출 가이던스를 기존 600억 달러에서 650억 달러로 상향했다고 17일 밝혔다."),
        story("soft-cpi", "2026-02-18T01:30:00Z", "Bloomberg",
              "US core CPI rose 0.2% in January, below forecast",
              "The core consumer price index rose 0.2% in January, below the 0.3% economists had "
              "expected, the Labor Department said."),
    ]


def beat(number, at=LAST_BEAT):
    """A synthetic event: it moves time and nothing else."""
    return json.dumps({"id": f"beat-{number}", "published_at": at, "received_at": at,
                       "headline": "heartbeat", "synthetic": True})


def load(count, first=0):
    """Invented contract news, each its own story."""
    return [event(number) for number in range(first, first + count)]


def keyed(lines):
    """(key, value) as the ingest would append them: keyed by story."""
    records = []
    for line in lines:
        fields = json.loads(line)
        records.append((fields.get("story_id", fields["id"]), line))
    return records
