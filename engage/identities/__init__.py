"""Person records come in; which of them are one person goes out, each join explained and each id given out for good.
A person's ethnicity, nationality or religion is no part of it. A partial record is proposed, never joined silently.
"""
