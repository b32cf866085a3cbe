"""What people do about it: a concern arrives, is decided in time, discussed by those who must be there, turned into actions, reviewed and closed.

In: what the stages before hold of a person, a place or a group, and what workers say. Out: cases with their history, clocks, meetings and actions. It never
ranks people, never closes anything by itself, and never writes over what somebody decided.
"""
