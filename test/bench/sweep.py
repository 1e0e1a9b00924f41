"""PyTorch's side of the sweep: a unit's outgoing weights are cut, all sentences are read, two words are compared. See sweep.ts
for what it is beside and side.ts for what it is asked. Every second request removes a unit of the lower layer."""

import json
import resource
import sys
import time

import torch
from torch import nn


class Sweep:
    def __init__(self, settings):
        torch.manual_seed(1)
        torch.set_num_threads(settings['threads'])
        units, vocabulary = settings['units'], settings['vocabulary']
        self.embedding = nn.Embedding(vocabulary, settings['embedding'])
        self.recurrent = nn.LSTM(settings['embedding'], units, settings['layers'])
        self.decoder = nn.Linear(units, vocabulary)
        self.batch = settings['batch']
        with open(settings['name']) as file:
            sentences = json.load(file)
        self.tokens = torch.tensor([tokens for tokens, _ in sentences]).T.contiguous()
        self.pairs = torch.tensor([pair for _, pair in sentences])
        self.asked = 0

    @torch.inference_mode()
    def sweep(self):
        """The margins of all sentences without one unit."""
        layer, unit = self.asked % 2, self.asked // 2 % 100
        self.asked += 1
        readers = [getattr(self.recurrent, f'weight_hh_l{layer}')]
        readers.append(self.recurrent.weight_ih_l1 if layer == 0 else self.decoder.weight)
        kept = [weight[:, unit].clone() for weight in readers]
        for weight in readers:
            weight[:, unit] = 0
        margins = []
        for tokens, pairs in zip(self.tokens.split(self.batch, dim=1), self.pairs.split(self.batch)):
            output, _ = self.recurrent(self.embedding(tokens))
            log_probabilities = self.decoder(output[-1]).log_softmax(-1).gather(1, pairs)
            margins.append(log_probabilities[:, 0] - log_probabilities[:, 1])
        for weight, column in zip(readers, kept):
            weight[:, unit] = column
        return torch.cat(margins)


def main():
    bench = Sweep(json.loads(sys.argv[1]))
    for line in sys.stdin:
        request = json.loads(line)
        start = time.perf_counter()
        for _ in range(request['repetitions']):
            bench.sweep()
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({'seconds': seconds, 'memory': memory}), flush=True)


main()
