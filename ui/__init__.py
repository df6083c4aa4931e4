"""The faces: command line, chat, endpoints; values in, words on a screen out."""
