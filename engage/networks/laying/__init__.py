"""How are the lines of the network laid out from what the picture has already made? Pieces of SQL on the views that indicators read."""
