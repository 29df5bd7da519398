"""What ``sandbox doctor`` looks at: this machine, what the sandbox may want beside it, and the sandbox itself."""
