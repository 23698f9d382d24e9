"""What people call the ids in labels: sectors, packs and their scenarios, groups.

    names = Names(root / "deploy/catalog")
    names.sectors["memory"]                       # ("Memory", None)
    names.scenarios["capex-shock-2026/settles"]   # ("Settles after the event", "blue")

Labels carry ids because names change; a board shows names because people read it. What the
catalogue does not know (a pack added later) shows its id.
"""
import yaml

# One colour for each place in a pack: packs list their scenarios from the calm to the bad one.
SCENARIO_COLOURS = ["blue", "red", "green", "orange", "purple", "yellow", "super-light-blue",
                    "dark-red", "dark-green", "semi-dark-purple"]


def in_words(ids):
    """For ids that are words already: central_bank is shown as "central bank"."""
    return {id_: (id_.replace("_", " "), None) for id_ in ids}


class Names:
    def __init__(self, catalogue):
        def read(name):
            return yaml.safe_load((catalogue / name).read_text(encoding="utf-8"))
        packs = [yaml.safe_load(path.read_text(encoding="utf-8"))["pack"]
                 for path in sorted((catalogue / "packs").glob("*.yaml"))]
        packs.sort(key=lambda pack: (str(pack.get("opens", "")), pack["id"]), reverse=True)
        self.sectors = {s["id"]: (s["name"], None) for s in read("sectors.yaml")["sectors"]}
        self.packs = {pack["id"]: pack["name"] for pack in packs}
        self.scenarios = {f"{pack['id']}/{scenario['id']}": (scenario["name"], colour)
                          for pack in packs
                          for scenario, colour in zip(pack["scenarios"], SCENARIO_COLOURS)}
        self.groups = {g["id"]: (g["name"], None) for g in read("companies/groups.yaml")["groups"]}
