mkdir table
seq 100 >table/values
