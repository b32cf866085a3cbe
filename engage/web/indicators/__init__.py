"""Pages on which indicators are opened to their evidence, and the worklist of children."""
