"""Who and where does the harm come from? What links children who do not know each other: people, places, vehicles and phones.

In come the lines between persons and events, places, vehicles and phones that the picture laid out, and the evidence for children; out go lists of
what links them, each line opened to its record, and groups for analysts. Nothing here is a finding, a score or a ranking by centrality: a
named person decides who is a person of concern.
"""
