"""The plumbing of the derived store: how a table is declared, how named SQL steps run, how a build is made aside,
checked and swapped, and where an area keeps its files. It knows nothing of what the tables mean.
"""
