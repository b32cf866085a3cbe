"""By when must something be done, since when does it run, was it done in time, and who answers for it if not?

In: what happened, as forms, moves, meetings and extracts tell it (`rules.Told`), and the moment now. Out: every run of every clock (`rules.Run`). A clock
is a file of `catalogue/`, with its source; an area adds its own in `AREA/clocks`. No database and no pages: `reckoning.reckon` works it all out anew each
time from what was told, so that a correction counts at once. It closes nothing by itself and never guesses: where times are not known well enough to say
whether something was in time, it says “not known”.
"""
