seq 100 >table.txt
gzip -n table.txt
