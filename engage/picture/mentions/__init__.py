"""Whom and what do texts name: people, places, vehicles, phones and accounts? Where each stands in a text is found from the text alone, once;
who or what it is, from the area's records, at every build. What cannot be told stays open, with those that it may be."""
