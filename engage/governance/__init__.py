"""Who may see what and why, what they did, how long it is kept. Everybody imports this room and it imports no stage:
it knows plain ids. It never grants by default.
"""
