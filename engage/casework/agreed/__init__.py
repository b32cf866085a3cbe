"""The doors of agreed actions: agree, say what became of one, chase, and the lists by person, agency, case and meeting.

They stand above `cases` because an action of a case is seen by the agencies that take part in the case, and giving one to an agency brings that agency in; the rows,
rules and files of actions stand below, in `tasks`, on whose open actions the closing of a case rests.
"""
