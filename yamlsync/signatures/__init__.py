"""SSH signatures over bytes: made and judged by ssh-keygen, as Git's are (SIG)."""
