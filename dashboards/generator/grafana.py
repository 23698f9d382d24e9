"""Boards as plain values, and their translation to Grafana's classic dashboard JSON.

    board = Board(uid="wiremill-signals", title="Signals", question="What does the news say?",
                  rows=[Row("Now", [Panel("Newest event", "stat", means="…", act="…", unit="s",
                                          queries=[Query("time() - max(x{$S})")])])])
    as_json(board, thresholds_of_alerts)

$S in an expression stands for the matchers of the two variables that every board has, job and
instance. A panel without a meaning, an advice and a unit cannot be made. What this does not do: it
knows no metric (signals.py and pipeline.py do).
"""
from dataclasses import dataclass, field

SELECTOR = 'job=~"$job",instance=~"$instance"'
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
COLUMNS = 24

# Colours with a meaning, the same on both boards.
GOOD, WATCH, BAD, NEUTRAL, QUIET = "green", "orange", "red", "blue", "#808080"


@dataclass(frozen=True)
class Query:
    """`now`: only the last value; `table`: one row for each series, labels as columns."""
    expr: str
    legend: str = ""
    now: bool = False
    table: bool = False


@dataclass(frozen=True)
class Alarm:
    """The threshold line or colour of a panel is the number that an alert compares with."""
    alert: str
    watch: float = 0.5  # the panel turns orange at this share of the alert's threshold


@dataclass(frozen=True)
class Panel:
    """`means` says what the number is, `act` what to do about it; both show behind the (i)."""
    title: str
    kind: str
    means: str
    act: str
    queries: list
    unit: str
    size: tuple = (8, 8)
    alarm: Alarm = None
    steps: list = None  # [(from, colour)], the first from None
    low: float = None
    high: float = None
    decimals: int = None
    names: dict = field(default_factory=dict)    # id in a legend or cell: (name, colour or None)
    stacked: bool = False
    bars: bool = False
    thin: bool = False   # lines without filling
    trend: bool = False  # of a stat: its course behind the number
    columns: list = None  # of a table: [Column]
    sort: str = None      # of a table: the column that sorts it, greatest first
    mappings: list = field(default_factory=list)
    text: str = None      # of a text panel
    options: dict = field(default_factory=dict)
    log_scale: bool = False
    at_least: str = None  # the shortest step, such as "5m"


@dataclass(frozen=True)
class Column:
    """A column of a table: the label or value to show, and how."""
    source: str
    title: str
    unit: str = None
    steps: list = None  # coloured cells
    low: float = None
    high: float = None
    gauge: bool = False
    decimals: int = None
    width: int = None


@dataclass(frozen=True)
class Row:
    """`panels` from left to right; a list among them stands above each other."""
    title: str
    panels: list
    collapsed: bool = False


@dataclass(frozen=True)
class Choice:
    """A further variable: one of `values` ({id: name}), or a free `text`."""
    name: str
    label: str
    values: dict = None
    text: str = None


@dataclass(frozen=True)
class Marker:
    """Vertical lines on every panel where the expression has a value."""
    name: str
    expr: str
    title: str
    colour: str


@dataclass(frozen=True)
class Board:
    uid: str
    title: str
    question: str
    rows: list
    choices: list = field(default_factory=list)
    markers: list = field(default_factory=list)
    since: str = "now-6h"


def as_json(board, alert_thresholds):
    """`alert_thresholds`: {alert: number}, from the rule files."""
    return {
        "annotations": {"list": [marker_json(m) for m in board.markers]},
        "description": board.question,
        "editable": False,
        "graphTooltip": 1,
        "id": None,
        "links": [{"asDropdown": False, "icon": "external link", "includeVars": True,
                   "keepTime": True, "tags": ["wiremill"], "targetBlank": False,
                   "title": "wiremill", "type": "dashboards", "url": ""}],
        "panels": panels_json(board.rows, alert_thresholds),
        "refresh": "30s",
        "schemaVersion": 39,
        "tags": ["wiremill"],
        "templating": {"list": variables_json(board.choices)},
        "time": {"from": board.since, "to": "now"},
        "timepicker": {},
        "timezone": "browser",
        "title": board.title,
        "uid": board.uid,
        "version": 1,
    }


def panels_json(rows, alert_thresholds):
    """Panels flow from left to right; a row's title takes one line of the grid."""
    made, y, number = [], 0, 0
    for row in rows:
        number += 1
        title = {"id": number, "type": "row", "title": row.title, "collapsed": row.collapsed,
                 "gridPos": {"x": 0, "y": y, "w": COLUMNS, "h": 1}, "panels": []}
        made.append(title)
        y += 1
        x, tallest = 0, 0
        for entry in row.panels:
            pile = entry if isinstance(entry, list) else [entry]
            width = max(panel.size[0] for panel in pile)
            if x + width > COLUMNS:
                x, y, tallest = 0, y + tallest, 0
            top = y
            for panel in pile:
                number += 1
                place = {"x": x, "y": top, "w": panel.size[0], "h": panel.size[1]}
                (title["panels"] if row.collapsed else made).append(
                    panel_json(panel, number, place, alert_thresholds))
                top += panel.size[1]
            x, tallest = x + width, max(tallest, top - y)
        y += tallest
    return made


def panel_json(panel, number, place, alert_thresholds):
    custom, options = SHAPES[panel.kind](panel)
    made = {
        "id": number, "type": panel.kind, "title": panel.title,
        "description": description(panel), "gridPos": place,
        "options": {**options, **panel.options},
    }
    if panel.kind == "text":
        return made
    made |= {
        "datasource": SOURCE,
        "targets": [target_json(query, index, panel) for index, query in enumerate(panel.queries)],
        "fieldConfig": {"defaults": defaults(panel, custom, alert_thresholds),
                        "overrides": overrides(panel)},
    }
    if panel.at_least:
        made["interval"] = panel.at_least
    if panel.columns:
        made["transformations"] = table_steps(panel)
    return made


def description(panel):
    text = f"{panel.means}\n\n**What to do:** {panel.act}"
    if panel.alarm:
        text += f"\n\nAlert: {panel.alarm.alert} (dashboards/runbooks.md)."
    return text


def target_json(query, index, panel):
    made = {"refId": chr(ord("A") + index), "datasource": SOURCE,
            "expr": query.expr.replace("$S", SELECTOR), "legendFormat": query.legend or "__auto",
            "instant": query.now or query.table, "range": not (query.now or query.table),
            "editorMode": "code"}
    if query.table:
        made["format"] = "table"
    elif panel.kind == "heatmap":
        made["format"] = "heatmap"
    return made


def threshold_steps(panel, alert_thresholds):
    if panel.alarm:
        limit = alert_thresholds[panel.alarm.alert]
        steps = [(None, GOOD), (limit, BAD)]
        if 0 < panel.alarm.watch < 1 and limit > 0:
            steps.insert(1, (limit * panel.alarm.watch, WATCH))
        return steps
    return panel.steps


def steps_json(steps):
    return {"mode": "absolute", "steps": [{"value": at, "color": colour} for at, colour in steps]}


def defaults(panel, custom, alert_thresholds):
    made = {"custom": custom, "mappings": panel.mappings,
            "color": {"mode": "palette-classic"}}
    if panel.kind != "table":  # the unit of a table would also be that of its texts
        made["unit"] = panel.unit
    steps = threshold_steps(panel, alert_thresholds)
    if steps:
        made["thresholds"] = steps_json(steps)
        if panel.kind in ("stat", "state-timeline", "gauge", "bargauge"):
            made["color"] = {"mode": "thresholds"}
        elif panel.kind == "timeseries":
            custom["thresholdsStyle"] = {"mode": "dashed"}
    elif panel.kind == "stat":
        made["color"] = {"mode": "fixed", "fixedColor": NEUTRAL}
    low = 0 if panel.bars else panel.low
    for key, value in (("min", low), ("max", panel.high), ("decimals", panel.decimals)):
        if value is not None:
            made[key] = value
    return made


def overrides(panel):
    """Names for ids in legends; looks for columns of tables."""
    made = []
    if panel.columns is None:
        for id_, (name, colour) in panel.names.items():
            properties = [{"id": "displayName", "value": name}]
            if colour:
                properties.append({"id": "color",
                                   "value": {"mode": "fixed", "fixedColor": colour}})
            made.append({"matcher": {"id": "byName", "options": id_}, "properties": properties})
        return made
    for column in panel.columns:
        properties = column_properties(column, panel)
        if properties:
            made.append({"matcher": {"id": "byName", "options": column.title},
                         "properties": properties})
    return made


def column_properties(column, panel):
    made = []
    for key, value in (("unit", column.unit), ("min", column.low), ("max", column.high),
                       ("decimals", column.decimals), ("custom.width", column.width)):
        if value is not None:
            made.append({"id": key, "value": value})
    if column.steps:
        made += [{"id": "thresholds", "value": steps_json(column.steps)},
                 {"id": "color", "value": {"mode": "thresholds"}},
                 {"id": "custom.cellOptions",
                  "value": {"type": "color-background", "mode": "basic"}}]
    if column.gauge:
        made += [{"id": "color", "value": {"mode": "fixed", "fixedColor": NEUTRAL}},
                 {"id": "custom.cellOptions",
                  "value": {"type": "gauge", "mode": "basic", "valueDisplayMode": "text"}}]
    if column.unit is None and panel.names:
        texts = {id_: {"text": name, "index": index}
                 for index, (id_, (name, _)) in enumerate(panel.names.items())}
        made.append({"id": "mappings", "value": [{"type": "value", "options": texts}]})
    return made


def table_steps(panel):
    """Several instant answers become one table: joined, columns chosen, named and sorted."""
    shown = {c.source: c.title for c in panel.columns}
    steps = [{"id": "merge", "options": {}}] if len(panel.queries) > 1 else []
    steps.append({"id": "filterFieldsByName", "options": {"include": {"names": list(shown)}}})
    steps.append({"id": "organize", "options": {
        "excludeByName": {}, "renameByName": shown,
        "indexByName": {source: index for index, source in enumerate(shown)}}})
    if panel.sort:
        steps.append({"id": "sortBy", "options": {"fields": {},
                                                  "sort": [{"field": panel.sort, "desc": True}]}})
    return steps


def legend(panel):
    """Many series: a table beside the graph, so that it does not eat the graph."""
    return {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []}


def timeseries(panel):
    custom = {"drawStyle": "bars" if panel.bars else "line", "lineInterpolation": "linear",
              "lineWidth": 0 if panel.bars else 1 if panel.stacked else 2,
              "fillOpacity": 80 if panel.bars else 60 if panel.stacked else 0 if panel.thin else 10,
              "showPoints": "never", "spanNulls": False, "gradientMode": "none",
              "axisPlacement": "auto", "axisLabel": "", "barAlignment": 0,
              "stacking": {"mode": "normal" if panel.stacked else "none", "group": "A"},
              "scaleDistribution": {"type": "log", "log": 10} if panel.log_scale
              else {"type": "linear"}}
    return custom, {"legend": legend(panel), "tooltip": {"mode": "multi", "sort": "desc"}}


def stat(panel):
    return {}, {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
                "orientation": "auto", "textMode": "auto", "colorMode": "value",
                "graphMode": "area" if panel.trend else "none",
                "justifyMode": "auto"}


def state_timeline(panel):
    return ({"fillOpacity": 85, "lineWidth": 0, "insertNulls": False, "spanNulls": False},
            {"mergeValues": True, "showValue": "never", "alignValue": "left", "rowHeight": 0.85,
             "legend": legend(panel), "tooltip": {"mode": "single", "sort": "none"}})


def heatmap(panel):
    return ({"scaleDistribution": {"type": "linear"}},
            {"calculate": False, "cellGap": 1, "cellValues": {"unit": "short"},
             "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64, "exponent": 0.5,
                       "fill": "dark-orange", "scale": "exponential", "reverse": False},
             "exemplars": {"color": "rgba(255,0,255,0.7)"}, "filterValues": {"le": 1e-9},
             "legend": {"show": False}, "rowsFrame": {"layout": "auto"}, "showValue": "never",
             "tooltip": {"mode": "single", "yHistogram": False},
             "yAxis": {"axisPlacement": "left", "reverse": False, "unit": panel.unit}})


def table(panel):
    return ({"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False},
            {"showHeader": True, "cellHeight": "sm",
             "footer": {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""}})


def text(panel):
    return {}, {"mode": "markdown", "content": panel.text,
                "code": {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False}}


SHAPES = {"timeseries": timeseries, "stat": stat, "state-timeline": state_timeline,
          "heatmap": heatmap, "table": table, "text": text}


def query_variable(name, label, expr):
    return {"type": "query", "name": name, "label": label, "datasource": SOURCE,
            "definition": expr, "refresh": 2, "regex": "", "sort": 1, "skipUrlSync": False,
            "query": {"qryType": 1, "query": expr, "refId": f"Variable-{name}"}, "hide": 0,
            "multi": True, "includeAll": True, "allValue": ".+", "options": [],
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]}}


def variables_json(choices):
    made = [{"type": "datasource", "name": "datasource", "label": "Data source",
             "query": "prometheus", "regex": "", "hide": 0, "refresh": 1, "multi": False,
             "includeAll": False, "options": [], "skipUrlSync": False,
             "current": {"selected": False, "text": "default", "value": "default"}},
            query_variable("job", "Job", "label_values(wiremill_build_info, job)"),
            query_variable("instance", "Instance",
                           'label_values(wiremill_build_info{job=~"$job"}, instance)')]
    for choice in choices:
        if choice.text:
            here = {"selected": True, "text": choice.text, "value": choice.text}
            made.append({"type": "textbox", "name": choice.name, "label": choice.label, "hide": 0,
                         "query": choice.text, "current": here, "options": [here],
                         "skipUrlSync": False})
            continue
        options = [{"selected": index == 0, "text": name, "value": id_}
                   for index, (id_, name) in enumerate(choice.values.items())]
        commas = {id_: name.replace(",", "\\,") for id_, name in choice.values.items()}
        made.append({"type": "custom", "name": choice.name, "label": choice.label, "hide": 0,
                     "query": ", ".join(f"{name} : {id_}" for id_, name in commas.items()),
                     "multi": False, "includeAll": False, "skipUrlSync": False,
                     "options": options, "current": options[0]})
    return made


def marker_json(marker):
    return {"name": marker.name, "datasource": SOURCE, "enable": True, "hide": False,
            "iconColor": marker.colour, "titleFormat": marker.title, "useValueForTime": False,
            "target": {"refId": "Anno", "interval": "30s",
                       "expr": marker.expr.replace("$S", SELECTOR)}}
