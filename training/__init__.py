"""Training of the networks (PyTorch); nothing here ships in the program."""
