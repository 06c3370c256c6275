from setuptools import Extension, setup

setup(ext_modules=[Extension("_mean", ["_mean.c"])])
