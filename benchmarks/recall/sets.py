"""The sets: what is a text, what is a question, and which half of the questions may choose a constant."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Corpus = list[dict[str, str]]

#: How many organisations share a tag that is asked for.
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the ids that answer it, and whether it fits or judges."""

    text: str
    relevant: list[str]
    part: str


def even(words: str) -> bool:
    """Whether the SHA-256 of `words` is even."""
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 2 == 0


def part(words: str) -> str:
    """Which half a question is of."""
    return "fit" if even(words) else "judge"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def rome(data: Path) -> tuple[Corpus, list[Asked]]:
    """A title as people have it -> the job of the French register: its name and the half of its titles that is even."""
    folder = data / "rome" / "v460"
    jobs = rows(folder / "unix_referentiel_code_rome_v460_utf8.csv")
    told = {row["code_rome"]: [row["libelle_rome"]] for row in jobs}
    asked = []
    for row in rows(folder / "unix_referentiel_appellation_v460_utf8.csv"):
        title, job = row["libelle_appellation_long"], row["code_rome"]
        if even(row["code_ogr"]):
            told[job].append(title)
        else:
            asked.append(Asked(title, [job], part(title)))
    return _corpus(told), asked


def rome_skills(data: Path) -> tuple[Corpus, list[Asked]]:
    """A title -> the job by its name, definition and skills alone, in an older version of the register."""
    folder = data / "rome" / "v347"
    told = {row["code_rome"]: [row["libelle_rome"]] for row in rows(folder / "metiers.csv")}
    for row in rows(folder / "metiers_definition.csv"):
        if row["libelle_type_texte"] == "definition":
            told[row["code_rome"]].append(row["libelle_texte"].replace("''", "'"))
    skills = {row["code_ogr"]: row["libelle"] for row in rows(folder / "competences.csv")}
    for row in rows(folder / "correspondances.csv"):
        if row["code_ogr"] in skills:
            told[row["code_rome"]].append(skills[row["code_ogr"]])
    titles = ((row["libelle_appellation_long"], row["code_rome"]) for row in rows(folder / "metiers_exemple.csv"))
    return _corpus(told), [Asked(title, [job], part(title)) for title, job in titles if job in told]


def techonmap(data: Path) -> tuple[Corpus, list[Asked]]:
    """A tag that at least three organisations have -> these: by name and description, the tags left out."""
    features = json.loads((data / "techonmap_idf" / "data.json").read_text(encoding="utf-8"))["features"]
    texts: Corpus = []
    tagged: dict[str, set[str]] = defaultdict(set)
    for place, feature in enumerate(features):
        said, id_ = feature["properties"], f"{place:04}"
        text = " ".join(str(said.get(name) or "") for name in ("name", "description"))
        texts.append({"id": id_, "text": " ".join(text.split()), "lang": "fr"})
        for tag in said.get("tags") or []:
            tagged[" ".join(str(tag).lower().split())].add(id_)
    return texts, [Asked(tag, sorted(ids), part(tag)) for tag, ids in sorted(tagged.items()) if len(ids) >= _LEAST]


def esco(data: Path) -> tuple[Corpus, list[Asked]]:
    """A French label -> the English label and description; half of the URIs may be learnt from."""
    folder = data / "esco_v1"
    texts, asked = [], []
    for kind in ("occupations", "skills"):
        english = "occupations_en.csv" if kind == "occupations" else "skills_en-us.csv"
        said = {row["conceptUri"]: f"{row['preferredLabel']} . {row['description']}" for row in rows(folder / english)}
        for row in rows(folder / f"{kind}_fr.csv"):
            uri, label = row["conceptUri"], " ".join(row["preferredLabel"].split())
            if said.get(uri) and label:
                texts.append({"id": uri, "text": " ".join(said[uri].split()), "lang": "en"})
                asked.append(Asked(label, [uri], part(uri)))
    return texts, asked


def _corpus(told: dict[str, list[str]]) -> Corpus:
    return [{"id": id_, "text": " . ".join(dict.fromkeys(texts)), "lang": "fr"} for id_, texts in told.items()]


SETS: dict[str, Callable[[Path], tuple[Corpus, list[Asked]]]] = {
    "rome": rome,
    "rome_skills": rome_skills,
    "techonmap": techonmap,
    "esco": esco,
}
