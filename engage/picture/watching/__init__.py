"""A worker is told when anything new arrives about a child, place, vehicle, phone or name: with a reason, an owner and an end, and as far
as the worker may see it that day."""
