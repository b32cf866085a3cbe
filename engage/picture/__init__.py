"""One person over time: who is involved, who says what, one chronology from all agencies; and how a person is found.
Shows what each viewer may see and says what is not known; never a score.
"""
