"""Lifecycles as data: of each kind of case its states and its moves, who may make each and when. The reference draws the diagrams from the same tables."""
