"""The only room that imports pulumi: builders from our words to the vendors' Args, and the loop that declares them."""
