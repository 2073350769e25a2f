"""What the figures are: pure functions on tidy frames, and the registries they rest on; no database, network, clock or environment.

`catalogue`, `sources` and `resolution` are data with a reader each; `readers` turn published files into rows, `observations` gives
the rows their meaning, `contracts` says what every table holds; `aggregate` and `gaps` compute; `wording` and `intervals` say what words
stand for, `verdicts` judges them; `charts` draws.
"""
