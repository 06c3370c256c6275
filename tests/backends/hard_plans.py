"""Plans with everything in them that breaks recipes: what values may hold, held to the letter.

    from tests.backends.hard_plans import PLANS

By the family of origins that they are made from, and by name.
"""

from collections.abc import Mapping
from dataclasses import replace

from envc.lock.model import LockedChannel, LockedItem
from envc.plan.model import Check, OfJob, Option, Plan, Recipe, Run
from tests.compile.plans import BASE, GCC, PLACE, PLAN, RECIPE, deb, made_input

AWKWARD = {
    "double quotes": 'say "hi" twice "',
    "single quotes": "it's 'so'",
    "dollars": "$HOME ${PATH} $(touch /tmp/x) $$ $1",
    "backquotes": "`touch /tmp/x`",
    "backslashes": "a\\b \\n \\\\ \\",
    "line breaks": "first\nRUN touch /tmp/x\n%post\n\nlast\n",
    "tabs": "a\tb\t",
    "a leading dash": "-rf --help",
    "comments": "# no comment; #| or |# this",
    "scheme": '(system "touch /tmp/x") #\\a ,@b \'c',
    "braces": "{{ prefix }} {0} ${x:-y} %(name)s %{name}",
    "wild cards": "* ? [a-z] ~ ~root !! &&",
    "letters of the world": "größer 温度 \u0645\u0631\u062d\u0628\u0627 😀 e\u0301",
    "spaces": "  two  and  three  ",
    "nothing": "",
    "assignments": "A=b C=d=e,f:g",
    "a long line": "word " * 400,
    "here-documents": "EOF\nEND\n'EOF'\n<<END",
    "markdown": "# title\n| a | b |\n```\n<b>&amp;</b> [x](y)",
}


def _worded(value: str) -> Plan:
    """With the value wherever a spec may say one."""
    recipe = replace(
        RECIPE,
        summary=value,
        license=value,
        homepage=value,
        options=(Option("HEAT_NAME", value, PLACE),),
        variables=(("HEAT_FLAGS", value),),
        checks=(Check(("heat", "--say", value), value, PLACE),),
    )
    called = replace(recipe, system="shell", commands=(("sh", "-c", value), ("make", value)))
    return replace(
        PLAN,
        summary=value,
        license=value,
        homepage=value,
        recipes=(replace(called, name="ice", source=made_input("ice.tar", b"ice", "tar")), recipe),
        variables=(*PLAN.variables, ("HEAT_SAY", value)),
        labels={**PLAN.labels, "org.opencontainers.image.description": value},
        command=("heat", value),
        runs=(Run("demo", (("heat",), (value,), (value, OfJob("index"), value)), PLACE),),
    )


def _wheel() -> Recipe:
    source = made_input("six-1.17.0-py2.py3-none-any.whl", b"ice", "pypi")
    bare = replace(RECIPE, patches=(), compilers=(), options=(), checks=(), jobs=1)
    return replace(bare, name="pypi-six", version="1.17.0", system="python", source=source)


def _shapes() -> dict[str, Plan]:
    many = tuple(deb(f"libheat{number}", f"1:{number}.0~rc1+dfsg-2") for number in range(300))
    root = replace(PLAN.build, debs=(*PLAN.build.debs, *many)) if PLAN.build else None
    bare = replace(
        RECIPE, summary="", license="", homepage="", patches=(), options=(), checks=(), jobs=1
    )
    return {
        "nothing but a name": replace(
            PLAN, summary="", license="", homepage="", version="", app="heat", choices=(),
            variables=(), recipes=(bare,),
        ),
        "many packages": replace(PLAN, build=root, run=root),
        "several compilers": replace(
            PLAN,
            compilers=(
                GCC,
                replace(GCC, language="cxx", program="/usr/bin/g++-14", called=("c++", "g++")),
                replace(GCC, language="fortran", program="/usr/bin/gfortran-14", called=("f77",)),
            ),
        ),
        "an awkward name": replace(
            PLAN, name="H_e-at2", app="H_e-at2@1.0+3", version="1.0+3", prefix="/opt/H_e-at2"
        ),
        **{
            system: replace(PLAN, recipes=(replace(RECIPE, system=system, installed=("heat",)),))
            for system in ("cmake", "autotools", "meson", "make", "python", "shell")
        },
        "a wheel": replace(PLAN, recipes=(_wheel(), RECIPE)),
        "over an image": replace(PLAN, base=BASE),
        "older than epochs": replace(PLAN, epoch=1),
    }  # fmt: skip


def _item(name: str, version: str, output: str = "out") -> LockedItem:
    path = f"/gnu/store/{'0' * 32}-{name}-{version}"
    return LockedItem("guix", name, version, output, "x86_64-linux", "", path)


CHANNEL = LockedChannel(
    "guix",
    "https://git.guix.gnu.org/guix.git",
    "master",
    "1" * 40,
    "9edb3f66fd807b096b48283debdcddccfea34bad",
    "BBB0 2DDF 2CEA F6A8 0D1D  E643 A2A0 6DF2 A33A 54FA",
)


def _of_guix(plan: Plan) -> Plan:
    """The same, made from packages of Guix."""
    items = (
        _item("gcc-toolchain", "14.2.0"),
        _item("hdf5", "1.14.6"),
        _item("hdf5", "1.14.6", "fortran"),
    )
    gcc = replace(GCC, program="gcc")
    return replace(
        plan,
        origin="guix",
        compilers=(gcc,),
        recipes=tuple(replace(each, compilers=(gcc,)) for each in plan.recipes),
        architecture="x86_64-linux",
        snapshot="",
        epoch=1,
        channels=(CHANNEL,),
        build=None,
        run=None,
        base=None,
        items=items,
        build_items=("gcc-toolchain@14.2.0", "hdf5@1.14.6", "hdf5@1.14.6:fortran"),
        run_items=("hdf5@1.14.6",),
    )


_PLANS = {**{name: _worded(value) for name, value in AWKWARD.items()}, **_shapes()}
PLANS: Mapping[str, Mapping[str, Plan]] = {
    "debian": _PLANS,
    "guix": {name: _of_guix(plan) for name, plan in _PLANS.items()},
}
