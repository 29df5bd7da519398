"""The steps of web registration, each what one call of ciamregsrvc does, and login."""
