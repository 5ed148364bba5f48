"""Throws damaged extracts at the project: `make fuzz`, and a short run in `make test`.

`seeds` takes a few sound records of every extract from the sample, `mutations` damages
a file and says which of its records it touched, `trial` builds hundreds of damaged
files at once and judges what became of each. In `corpus` lie the files of which an
earlier version made something else than it should; every run begins with them.
"""
