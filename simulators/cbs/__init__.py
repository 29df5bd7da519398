"""The core banking system: the bank's customers, their cards and their user ids."""
