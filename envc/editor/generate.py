"""Writes the highlighters that editors read: `python -m envc.editor.generate`."""

from pathlib import Path

from envc import data
from envc.editor import machine, textmate, vim

_FTDETECT = "autocmd BufRead,BufNewFile *.envc setfiletype envc\n"
_FTPLUGIN = """\
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\\ %s comments=:#
setlocal expandtab shiftwidth=2 softtabstop=2
if executable("envc")
  compiler envc
endif

let b:undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop<"
"""
_COMPILER = """\
if exists("current_compiler")
  finish
endif
let current_compiler = "envc"

CompilerSet makeprg=envc\\ check\\ %:S
CompilerSet errorformat=%f:%l:%c:\\ %t%*[^:]:\\ %m,%-G%.%#
"""


def files() -> dict[str, str]:
    """Every generated file by its path beside the grammar."""
    built = machine.build()
    return {
        "editors/machine.json": machine.to_json(built),
        "editors/vim/syntax/envc.vim": vim.syntax(built),
        "editors/vim/ftdetect/envc.vim": _FTDETECT,
        "editors/vim/ftplugin/envc.vim": _FTPLUGIN,
        "editors/vim/compiler/envc.vim": _COMPILER,
        "editors/vscode/syntaxes/envc.tmLanguage.json": textmate.grammar(built),
    }


if __name__ == "__main__":
    for name, text in files().items():
        path = Path(data.path("grammar", name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
