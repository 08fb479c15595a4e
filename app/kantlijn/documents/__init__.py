"""How a file becomes pages and words: the contract, the client, plain texts. Knows: model, text, guests."""
