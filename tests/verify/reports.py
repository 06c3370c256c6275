"""Reports with texts as awkward as files and people make them."""

from hypothesis import strategies as st

from envc.verify.causes import CATALOGUE
from envc.verify.conditions import Fixed, Varied
from envc.verify.difference import Because, Detail, Difference, What
from envc.verify.report import ByEngine, Recorded, Report, Verdict

texts = st.text(max_size=20) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;", "a\x1b[31mb", "]]>"]
)
digests = st.binary(min_size=32, max_size=32).map(lambda data: f"sha256:{data.hex()}")
details = st.builds(
    Detail,
    what=st.sampled_from(What),
    one=st.binary(max_size=30),
    other=st.binary(max_size=30),
    places=st.lists(texts, max_size=2).map(tuple),
    offset=st.none() | st.integers(0, 10**9),
)
because = st.builds(
    Because, cause=st.sampled_from([each.name for each in CATALOGUE]), evidence=texts
)
differences = st.builds(
    Difference,
    path=texts,
    details=st.lists(details, min_size=1, max_size=3).map(tuple),
    count=st.integers(1, 50),
    causes=st.lists(because, max_size=2).map(tuple),
)
verdicts = st.builds(
    Verdict,
    app=texts,
    target=texts,
    choices=st.lists(texts, max_size=2).map(tuple),
    closure=digests,
    protected=st.booleans(),
    varied=st.lists(st.builds(Varied, texts, st.tuples(texts, texts)), max_size=2).map(tuple),
    fixed=st.lists(st.builds(Fixed, texts, texts), max_size=2).map(tuple),
    layers=st.lists(st.tuples(digests, digests), min_size=2, max_size=2).map(tuple),
    differences=st.lists(differences, max_size=2).map(tuple),
    count=st.integers(2, 200),
    recorded=st.lists(
        st.builds(Recorded, st.sampled_from(["oci", "sif", "tree"]), digests, digests), max_size=1
    ).map(tuple),
    diffoscope=texts,
)
engines = st.builds(
    ByEngine,
    app=texts,
    target=texts,
    choices=st.lists(texts, max_size=2).map(tuple),
    closure=digests,
    engine=texts,
    version=texts,
    grade=st.sampled_from(["bit-for-bit", "input-pinned"]),
    digests=st.tuples(digests, digests),
    trees=st.tuples(texts, texts),
    own=texts,
)
reports = st.builds(
    Report,
    spec=texts,
    signed=st.lists(texts, max_size=1).map(tuple),
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
    engines=st.lists(engines, max_size=1).map(tuple),
)
