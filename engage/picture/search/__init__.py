"""Finding people by what somebody types: names however spelt, numbers, plates, places, or a part of one."""
