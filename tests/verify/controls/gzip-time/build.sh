seq 100 >table.txt
gzip table.txt
