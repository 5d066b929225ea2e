"""What the project promises of hard days, tried: hostile input, crowds, crashes, long documents."""
