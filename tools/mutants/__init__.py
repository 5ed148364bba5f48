"""Breaks the SQL of the models, and sees whether a test notices: `make mutants`.

`breakages` is the list of ways to break a query; `kills` tries each of them at each
place of each model: first in the model's unit tests, which need no build, then, for
what these do not notice, on the built sample in the data tests of the model.
"""
