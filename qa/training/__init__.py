"""How the models are made: data, training, pruning, quantisation, evaluation."""
