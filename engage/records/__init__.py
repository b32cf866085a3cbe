"""Agency extracts come in; declared exchange tables with provenance go out. Nothing that was sent is ever lost:
what cannot be used is kept with its reason. This room never decides which records are one person.
"""
