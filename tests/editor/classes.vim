" Writes the highlighted class of every character of a file, one line of names for a line of text.
" vim -Nu NONE -n -es -S classes.vim, with $ENVC_VIM, $ENVC_TEXT and $ENVC_OUT.
set viminfo=
exe 'set runtimepath^=' . $ENVC_VIM
filetype plugin on
syntax on
exe 'edit ' . fnameescape($ENVC_TEXT)
let s:lines = []
for s:line in range(1, line('$'))
  let s:row = []
  for s:column in range(1, strlen(getline(s:line)))
    let s:id = synID(s:line, s:column, 1)
    let s:name = synIDattr(s:id, 'name')
    if s:name =~# '\d'
      let s:name = matchstr(execute('highlight ' . s:name), 'links to \zs\w*')
    endif
    call add(s:row, s:name)
  endfor
  call add(s:lines, join(s:row, ','))
endfor
call writefile(s:lines, $ENVC_OUT)
qa!
