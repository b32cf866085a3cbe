"""How right are the joins, by kinds of error, by groups of people, and in what they say of their own certainty?"""
