"""PyTorch's side of the benchmark: the same model, batch and update. See side.ts for what it is asked and how it answers.

The model is written the way PyTorch is fastest: time first, one nn.LSTM or nn.GRU for all layers, gradients set to None,
Adam and the gradient's norm over lists of tensors (foreach) instead of one by one.
"""

import json
import resource
import sys
import time

import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, cell, layers, units, embedding, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.recurrent = {'lstm': nn.LSTM, 'gru': nn.GRU}[cell](embedding, units, layers)
        self.decoder = nn.Linear(units, vocabulary)

    def forward(self, tokens, state):
        """tokens [steps, rows] -> logits [steps * rows, vocabulary] and the state after the last step"""
        output, state = self.recurrent(self.embedding(tokens), state)
        return self.decoder(output.flatten(0, 1)), state


def detach(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def clip_gradients(parameters, largest):
    """Scales the gradients so that the norm of all of them together is at most `largest`."""
    gradients = [parameter.grad for parameter in parameters]
    norm = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(gradients)))
    torch._foreach_mul_(gradients, float(torch.clamp(largest / (norm + 1e-6), max=1.0)))


class Bench:
    def __init__(self, settings):
        torch.manual_seed(1)
        torch.set_num_threads(settings['threads'])
        self.model = LanguageModel(*(settings[key] for key in ('cell', 'layers', 'units', 'embedding', 'vocabulary')))
        shape = (settings['steps'], settings['batch'])
        self.tokens = torch.randint(settings['vocabulary'], shape)
        self.targets = torch.randint(settings['vocabulary'], shape).flatten()
        self.parameters = list(self.model.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, lr=0.001, foreach=True)
        self.state = None
        self.matrices = torch.randn(2, 1024, 1024)

    def train(self):
        self.optimizer.zero_grad(set_to_none=True)
        logits, state = self.model(self.tokens, self.state)
        loss = nn.functional.cross_entropy(logits, self.targets)
        loss.backward()
        clip_gradients(self.parameters, 1.0)
        self.optimizer.step()
        self.state = detach(state)
        return loss.item()

    @torch.inference_mode()
    def forward(self):
        self.model.recurrent(self.model.embedding(self.tokens))

    @torch.inference_mode()
    def decode(self):
        logits, _ = self.model(self.tokens, None)
        nn.functional.cross_entropy(logits, self.targets, reduction='none')

    @torch.inference_mode()
    def sgemm(self):
        torch.mm(*self.matrices)


def main():
    bench = Bench(json.loads(sys.argv[1]))
    for line in sys.stdin:
        request = json.loads(line)
        run = getattr(bench, request['work'])
        start = time.perf_counter()
        for _ in range(request['repetitions']):
            run()
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({'seconds': seconds, 'memory': memory}), flush=True)


main()
