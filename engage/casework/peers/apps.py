"""The Django app of who is in a peer group."""

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """What was said of who is in a peer group."""

    name = "engage.casework.peers"
    label = "peers"
