"""One page that shows every shared component, so that design has one home. In the demo only."""
