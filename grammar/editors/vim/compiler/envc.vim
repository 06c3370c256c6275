if exists("current_compiler")
  finish
endif
let current_compiler = "envc"

CompilerSet makeprg=envc\ check\ %:S
CompilerSet errorformat=%f:%l:%c:\ %t%*[^:]:\ %m,%-G%.%#
