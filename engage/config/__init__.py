"""How the house is plugged in: settings, addresses, the server's entry point."""
