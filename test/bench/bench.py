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


NO_TARGET = -1


class LanguageModel(nn.Module):
    def __init__(self, cell, layers, units, embedding, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.recurrent = {'lstm': nn.LSTM, 'gru': nn.GRU, 'rnn': nn.RNN}[cell](embedding, units, layers)
        self.decoder = nn.Linear(units, vocabulary)

    def forward(self, tokens, state):
        """tokens [steps, rows] -> logits [steps * rows, vocabulary] and the state after the last step"""
        output, state = self.recurrent(self.embedding(tokens), state)
        return self.decoder(output.flatten(0, 1)), state


def detach(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def padded(lengths):
    """Words a^n b^n with their ends side by side: inputs [steps, words], each after the end of a word, and flat targets."""
    end, a, b = 0, 1, 2
    words = [torch.tensor([end] + [a] * n + [b] * n + [end]) for n in lengths]
    inputs = nn.utils.rnn.pad_sequence([word[:-1] for word in words], padding_value=end)
    targets = nn.utils.rnn.pad_sequence([word[1:] for word in words], padding_value=NO_TARGET)
    return inputs, targets.flatten()


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
        self.words = [padded(lengths) for lengths in settings.get('words', [])]
        self.matrices = torch.randn(2, 1024, 1024)

    def update(self, tokens, targets, state):
        """One step of Adam; returns the loss and the state after the last token."""
        self.optimizer.zero_grad(set_to_none=True)
        logits, state = self.model(tokens, state)
        loss = nn.functional.cross_entropy(logits, targets, ignore_index=NO_TARGET)
        loss.backward()
        clip_gradients(self.parameters, 1.0)
        self.optimizer.step()
        return loss.item(), detach(state)

    def train(self):
        _, self.state = self.update(self.tokens, self.targets, self.state)

    def count(self):
        for tokens, targets in self.words:
            self.update(tokens, targets, None)

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
