"""What has been reached, and which situations are known to come out wrong.

    kept, behind = compared(read(), reached(tallies))   # behind: what got worse, in words
    gaps()                                              # {"en-situation-01-c": "why", …}

limits.json holds rates by part, language and kind; nothing lowers them but an editor. gaps.txt
names situations with the reason why they break, one a line; one that comes out right must go.
"""
import json
import pathlib

import corpus

HERE = pathlib.Path(__file__).resolve().parent
LIMITS = HERE / "limits.json"
GAPS = HERE / "gaps.txt"
TOTALS = ("all facts", "figure", "company")


def reached(tallies):
    """What is held, by "part language" and kind.

    A kind is held to its f1 alone, so that reading more of it may cost a little precision; the
    totals are held to both, and wrong values to their share. Of what is set aside only totals
    are held: whoever breaks one kind of it could not look why.
    """
    result = {}
    for (part, lang), tally in sorted(tallies.items()):
        kept = result[f"{part} {lang}"] = {}
        for kind, rates in tally.rates().items():
            names = ("recall", "precision") if kind in TOTALS else ("f1",)
            held = {name: rates[name] for name in names if name in rates}
            if held and (kind in TOTALS or part != "aside"):
                kept[kind] = held
        wrong, given = tally.wrong_values()
        kept["wrong values"] = {"wrong": round(wrong / given, 4) if given else 0}
    return result


def read():
    return json.loads(LIMITS.read_text(encoding="utf-8")) if LIMITS.exists() else {}


def write(limits):
    LIMITS.write_text(json.dumps(limits, indent=1) + "\n", encoding="utf-8")


def worse(limit, now):
    """What falls behind, as words; a rate that cannot be measured any more is zero."""
    return [f"{name} {now.get(name, 0)} against {bound}" for name, bound in limit.items()
            if (now.get(name, 0) > bound if name == "wrong" else now.get(name, 0) < bound)]


def compared(limits, now):
    """(how many kinds keep their limit, those that do not in words)."""
    kept, behind = 0, []
    for part, kinds in limits.items():
        for kind, limit in kinds.items():
            words = worse(limit, now.get(part, {}).get(kind, {}))
            kept += not words
            if words:
                behind.append(f"{part} {kind}: {', '.join(words)}")
    return kept, behind


def better(name, one, other):
    return min(one, other) if name == "wrong" else max(one, other)


def ratcheted(old, now):
    """The limits with everything that is better now; a limit that stands is never loosened."""
    result = {part: {kind: dict(limit) for kind, limit in kinds.items()}
              for part, kinds in old.items()}
    for part, kinds in now.items():
        for kind, rates in kinds.items():
            limit = result.setdefault(part, {}).setdefault(kind, {})
            for name, rate in rates.items():
                limit[name] = better(name, rate, limit.get(name, rate))
    return result


def gaps(path=GAPS):
    """Case id -> why it does not come out right yet."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = [line.split(":", 1) for line in lines if line.strip() and not line.startswith("#")]
    if silent := [pair[0] for pair in pairs if len(pair) != 2 or not pair[1].strip()]:
        raise corpus.Fault(f"{path.name} gives no reason for {', '.join(silent)}")
    return {case.strip(): why.strip() for case, why in pairs}


def strike(clean, path=GAPS):
    """Takes the gaps that have closed out of the file."""
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if line.split(":")[0].strip() not in clean),
                        encoding="utf-8")
