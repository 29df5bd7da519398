"""How much the features would catch: bugs planted one at a time, and scenarios played until one fails."""
