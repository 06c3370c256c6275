"""The published JSON Schema of locks: as the blocks are now, and as strict as envc's own reader."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from envc.lock import schema
from envc.lock.loose import parse
from envc.lock.model import BLOCKS, Lock
from envc.lock.text import FIELDS, write
from tests.lock.test_text import locks
from tests.lock.toy import Toy
from tests.lock.worlds import Spec, lock

PATH = Path(__file__).parents[2] / "docs" / "envc-lock.schema.json"
SCHEMA = json.loads(PATH.read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
WORLD = write(
    lock(
        Spec(
            {"heat": {"pkg3": "1"}, "tides": {"pkg7": ""}}, {"heat": ("zen4",), "tides": ("zen4",)}
        )
    )
)

Document = dict[str, Any]
Change = Callable[[Document], object]


def test_it_is_as_the_blocks_are_now() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    again = "python -m envc.lock.schema docs/envc-lock.schema.json"
    assert PATH.read_text() == schema.text(), again


def test_it_describes_every_table_and_says_what_the_docstrings_say() -> None:
    tables = SCHEMA["properties"]
    assert set(tables) == {"lock-version", "archspec", *(kind.TABLE for kind in BLOCKS.values())}
    assert all(each["description"] for each in tables.values())
    archive = tables["archive"]["items"]["properties"]
    assert archive["snapshot"]["description"] == "What the snapshot service calls the moment."


def test_a_lock_that_envc_wrote_is_one(toy: Toy) -> None:
    app = 'app heat2d {\n  source dir "."\n  needs gcc@13.3, waves\n  targets x86_64_v3\n}'
    package = (
        "package waves {\n  version 3.1 from debian/trixie\n  provider debian { libwaves3 }\n}"
    )
    text = toy.locked([package, app + "\n"])
    VALIDATOR.validate(tomllib.loads(text))


@given(locks)
def test_whatever_envc_writes_is_one(held: Lock) -> None:
    VALIDATOR.validate(tomllib.loads(write(held)))


WRONG: dict[str, Change] = {
    "a newer version": lambda lock: lock.update({"lock-version": 2}),
    "no version": lambda lock: lock.pop("lock-version"),
    "an unknown table": lambda lock: lock.update(deps=[]),
    "an unknown fact": lambda lock: lock["deb"][0].update(md5="0"),
    "a fact too few": lambda lock: lock["deb"][0].pop("sha256"),
    "a text for a number": lambda lock: lock["deb"][0].update(size="1"),
    "a yes for a number": lambda lock: lock["deb"][0].update(size=True),
    "less than nothing": lambda lock: lock["deb"][0].update(size=-1),
    "a number for a text": lambda lock: lock["deb"][0].update(version=1),
    "a text for a list": lambda lock: lock["environment"][0].update(run="libc6"),
    "a number in a list": lambda lock: lock["environment"][0].update(run=[6]),
    "what is left out where it is empty": lambda lock: lock["deb"][0].update(depends=[]),
    "a table for its list": lambda lock: lock.update(deb=lock["deb"][0]),
    "a block that is there twice": lambda lock: lock["deb"].append(lock["deb"][0]),
    "an unknown fact of the data": lambda lock: lock["archspec"].update(commit="0"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_no_lock_is_refused(change: Change) -> None:
    document = tomllib.loads(WORLD)
    VALIDATOR.validate(document)
    change(document)
    assert not VALIDATOR.is_valid(document)


def test_what_it_asks_for_is_what_the_reader_asks_for() -> None:
    """A fact that may be left out of the one may be left out of the other."""
    tables = SCHEMA["properties"]
    for name, kind in BLOCKS.items():
        required = set(tables[kind.TABLE]["items"]["required"])
        assert required == {each.key for each in FIELDS[name] if each.default is None}
    document = tomllib.loads(WORLD)
    del document["deb"][0]["version"]
    lines = [line for line in WORLD.splitlines() if not line.startswith("version = ")]
    assert not VALIDATOR.is_valid(document)
    assert not isinstance(parse("\n".join(lines)), Lock)
