"""Relationships that workers declare, so that they see nothing of somebody, an address or a firm, and are not asked about them."""
