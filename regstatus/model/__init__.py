"""The nouns of the road and the words of the law. Imports nothing of ours and does no I/O."""
