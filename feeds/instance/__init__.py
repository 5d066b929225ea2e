"""A whole instance as a file: written row by row, and read into an empty one."""
