"""What looks once more at the first answers to a question: a file each. None is shipped."""
