"""The two lines by which git merges locks with envc."""

_NAME = "envc-lock"
ATTRIBUTES = f"envc.lock text eol=lf linguist-generated merge={_NAME}"
"""For `.gitattributes`, which goes with the files."""
CONFIGURE = f"git config merge.{_NAME}.driver 'envc lock --merge %O %A %B'"
"""For each clone by hand: git starts no program because a repository names it."""
