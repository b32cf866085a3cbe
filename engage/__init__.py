"""Engage joins what agencies hold about children at risk of exploitation into one picture.

The folders are the flow: records, identities, picture. Each may use those before it and never one after it.
Underneath stand governance (who may see what and why), store (the derived store's plumbing) and vocabulary
(the words). Software shows evidence; named people decide.
"""
