"""Papers as references and tables: a file a format, each a function of papers already read."""
