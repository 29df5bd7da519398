"""Play as a person: the bank's web site, the person's phones with the bank's app, and the person's mail and SMS."""
