"""The picture that stands for a page where its link is passed on, set like the paper."""
