"""Cymmetri's calls: those of ciamregsrvc and those of ciamauthsrvc."""
