"""What goes out: calls to other services, webhooks and signatures."""
