"""Trains an exported LSTM language model in PyTorch: does the toolkit's own training reach the same perplexity?

    npx tsc -p test/bench
    node dist/test/bench/export-training.js experiments/agreement.yaml build/agreement
    python3 test/bench/agreement.py build/agreement

Same token ids, streams, windows, initial distributions, dropout places, clipping and optimiser as src/training; other random
numbers. Prints the validation perplexity after each epoch and the test perplexity after the last.
"""

import json
import math
import sys
import time
from pathlib import Path

import torch
from torch import nn


class LanguageModel(nn.Module):
    """Dropout on the embedding, between layers and before the decoder (Zaremba et al. 2014)."""

    def __init__(self, config):
        super().__init__()
        units, width = config['units'], config['embedding']
        self.dropout = nn.Dropout(config['dropout'])
        self.embedding = nn.Embedding(config['vocabulary'], width)
        between = config['dropout'] if config['layers'] > 1 else 0
        self.recurrent = nn.LSTM(width, units, config['layers'], dropout=between)
        self.decoder = nn.Linear(units, config['vocabulary'])
        nn.init.uniform_(self.embedding.weight, -width**-0.5, width**-0.5)
        nn.init.uniform_(self.decoder.weight, -units**-0.5, units**-0.5)
        nn.init.zeros_(self.decoder.bias)
        for name, parameter in self.recurrent.named_parameters():
            if name.startswith('weight'):
                nn.init.uniform_(parameter, -units**-0.5, units**-0.5)
            else:
                nn.init.zeros_(parameter)
            if name.startswith('bias_ih'):  # PyTorch's gates are i f g o, as ours
                nn.init.constant_(parameter[units:2 * units], config['forgetBias'])
            if name.startswith('bias_hh'):
                parameter.requires_grad_(False)  # one bias, not two that are added
        if config['tied']:
            self.decoder.weight = self.embedding.weight

    def forward(self, tokens, state):
        output, state = self.recurrent(self.dropout(self.embedding(tokens)), state)
        return self.decoder(self.dropout(output).flatten(0, 1)), tuple(part.detach() for part in state)


def read_tokens(path):
    return torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.int32).long()


def windows(tokens, batch, steps):
    """Inputs and targets [steps, batch]: each column walks through its own stretch of the text (src/data/batches.ts)."""
    length = (len(tokens) - 1) // batch
    inputs = tokens[:batch * length].view(batch, length).t()
    targets = tokens[1:batch * length + 1].view(batch, length).t()
    for start in range(0, length, steps):
        yield inputs[start:start + steps], targets[start:start + steps].flatten()


@torch.inference_mode()
def perplexity(model, tokens):
    """Every token but the first, predicted once, in one stream."""
    model.eval()
    total, state = 0.0, None
    for inputs, targets in windows(tokens, 1, 1000):
        logits, state = model(inputs, state)
        total += nn.functional.cross_entropy(logits, targets, reduction='sum').item()
    model.train()
    return math.exp(total / (len(tokens) - 1))


def train(model, tokens, validation, settings):
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = make_optimizer(parameters, settings)
    for epoch in range(settings['epochs']):
        start, state = time.perf_counter(), None
        for inputs, targets in windows(tokens, settings['batch'], settings['steps']):
            optimizer.zero_grad(set_to_none=True)
            logits, state = model(inputs, state)
            nn.functional.cross_entropy(logits, targets, reduction=settings['loss']).backward()
            if settings['clip'] is not None:
                nn.utils.clip_grad_norm_(parameters, settings['clip'])
            optimizer.step()
        seconds = time.perf_counter() - start
        print(f'epoch {epoch + 1}: validation perplexity {perplexity(model, validation):.2f}, {seconds:.0f} s', flush=True)


def make_optimizer(parameters, settings):
    config, rate = settings['optimizer'], settings['learningRate']
    if settings['schedule']['name'] != 'constant':
        sys.exit('agreement.py knows the constant schedule only')
    if config['name'] != 'adam':
        sys.exit('agreement.py knows Adam only')
    return torch.optim.Adam(parameters, rate, (config['beta1'], config['beta2']), config['epsilon'], foreach=True)


def main():
    folder = Path(sys.argv[1])
    settings = json.loads((folder / 'training.json').read_text())
    if settings['model']['cell'] != 'lstm':
        sys.exit('agreement.py knows the LSTM only')
    torch.manual_seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    model = LanguageModel(settings['model'])
    parts = {name: read_tokens(folder / f'{name}.i32') for name in ('training', 'validation', 'test')}
    train(model, parts['training'], parts['validation'], settings['training'])
    print(f'test perplexity {perplexity(model, parts["test"]):.2f}')


main()
