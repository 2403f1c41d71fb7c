"""What is decided is read: kommun, plans, målvärden and sheets from YAML, every fault with its file and line."""
