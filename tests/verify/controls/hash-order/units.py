import sys

UNITS = {"metre", "second", "kilogram", "ampere", "kelvin", "mole", "candela", "radian"}
sys.stdout.writelines(f"{unit}\n" for unit in UNITS)
