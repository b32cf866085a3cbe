"""Wordings that blame a child: noticed in what staff type before it is kept, and counted in what partners send."""
