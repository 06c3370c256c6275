autocmd BufRead,BufNewFile *.envc setfiletype envc
