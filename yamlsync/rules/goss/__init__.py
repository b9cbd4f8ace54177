"""What is wrong with a step's goss spec (GOSS): each kind of mistake is a rule in a module of its own."""
