"""What boards and rules ask of Prometheus: every expression with its place, ready to be asked."""
import dataclasses
import json
import re

import yaml

from world import ROOT

RATE_INTERVAL, INTERVAL = "10s", "5s"


@dataclasses.dataclass(frozen=True)
class Question:
    place: str
    expr: str
    now: bool = False
    may_be_empty: bool = False


def boards():
    return [json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((ROOT / "dashboards").glob("*.json"))]


def panels(board):
    """All panels, those in rows included, the titles of rows left out."""
    for panel in board["panels"]:
        if panel["type"] == "row":
            yield from panel["panels"]
        else:
            yield panel


def chosen(board):
    """The variables as a fresh visitor has them."""
    values = {"job": ".+", "instance": ".+"}
    for variable in board["templating"]["list"]:
        if variable["type"] == "custom":
            values[variable["name"]] = variable["current"]["value"]
    return values


def filled(expr, values, rate=RATE_INTERVAL, interval=INTERVAL, span="120s"):
    expr = expr.replace("$__rate_interval", rate).replace("$__interval", interval)
    expr = expr.replace("$__range", span)
    for name, value in values.items():
        expr = expr.replace(f"${name}", value)
    return expr


def of_boards():
    for board in boards():
        values = chosen(board)
        for panel in panels(board):
            for target in panel.get("targets", []):
                yield Question(f"{board['title']}: {panel['title']} {target['refId']}",
                               filled(target["expr"], values), now=target["instant"])
        for variable in board["templating"]["list"]:
            if variable["type"] == "query":
                metric = re.fullmatch(r"label_values\((.+), \w+\)", variable["definition"])
                yield Question(f"{board['title']}: variable {variable['name']}",
                               filled(metric.group(1), values), now=True)
        for marker in board["annotations"]["list"]:
            yield Question(f"{board['title']}: marker {marker['name']}",
                           filled(marker["target"]["expr"], values), may_be_empty=True)


def rules(text):
    return [rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]]


def split_outside_brackets(expr, pattern):
    """The parts of an expression between matches that stand in no bracket."""
    parts, begin = [], 0
    for match in re.finditer(pattern, expr):
        before = expr[:match.start()]
        if all(before.count(a) == before.count(b) for a, b in ("()", "[]", "{}")):
            parts.append(expr[begin:match.start()])
            begin = match.end()
    return parts + [expr[begin:]]


def operands(expr):
    """What an alert compares: quiet alerts are empty, what they look at must not be."""
    for part in split_outside_brackets(expr, r"\b(?:and|unless)\b(?: on \([\w, ]+\))?"):
        asked = split_outside_brackets(part, r"[<>]=?|==")[0].strip()
        absent = re.fullmatch(r"absent\((.+)\)", asked)
        yield absent.group(1) if absent else asked


def of_rules(texts):
    for text in texts:
        for rule in rules(text):
            name = rule.get("alert") or rule["record"]
            yield Question(name, rule["expr"], may_be_empty="alert" in rule, now=True)
            if "alert" in rule:
                for number, operand in enumerate(operands(rule["expr"]), 1):
                    yield Question(f"{name}, side {number}", operand, now=True)
            else:
                yield Question(f"{name}, as recorded", name, now=True)
