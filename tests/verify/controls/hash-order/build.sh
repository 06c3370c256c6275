python3 units.py >units.txt
