"""How a file becomes pages and words: the contract, the engine's client, plain texts. Knows: model, text, guests."""
