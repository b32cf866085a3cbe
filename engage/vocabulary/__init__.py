"""The words that every room uses: moments and intervals, who looks and what may be seen, sentences, codes.

Nothing here reads or writes anything.
"""
