"""What the mailroom does with messages: it delivers, finds and relays them."""
