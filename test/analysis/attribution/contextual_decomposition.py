"""Contextual decomposition (Murdoch, Liu & Yu 2018, section 3.2) of a small LSTM of two layers, written on whole vectors:
the numbers in attribution.test.ts. Of one word alone, as in the published code: what the biases of its own step make by
themselves is not the word's. NumPy alone; run: python3 contextual_decomposition.py"""

import numpy as np

WORDS, WIDTH, UNITS = 4, 3, 3


def sequence(length, start):
    """The weights of the test: 0.9 sin(1.7 k), in float32."""
    return np.float32(0.9 * np.sin(1.7 * (start + np.arange(length)))).astype(np.float64)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def shares(act, *parts):
    """Mean over all orders in which the parts come, for two parts, after the bias where there is one."""
    if len(parts) == 2:
        a, b, c = *parts, None
    else:
        a, b, c = parts
    base = 0 if c is None else c
    before = lambda x: act(x + base) - act(base)
    ofa = 0.5 * (before(a) + act(a + b + base) - act(b + base))
    ofb = 0.5 * (before(b) + act(a + b + base) - act(a + base))
    return (ofa, ofb) if c is None else (ofa, ofb, act(c))


embedding = sequence(WORDS * WIDTH, 0).reshape(WORDS, WIDTH)
layers = []
start = WORDS * WIDTH
for _ in range(2):
    layer = []
    for rows in (WIDTH, UNITS, 1):
        layer.append(sequence(rows * 4 * UNITS, start).reshape(rows, 4 * UNITS))
        start += rows * 4 * UNITS
    layers.append(layer)
decoder = sequence(2 * UNITS, start).reshape(2, UNITS)

sentence = [2, 0, 3, 1]
for word in range(len(sentence)):
    h = [[np.zeros(UNITS), np.zeros(UNITS)] for _ in layers]
    c = [[np.zeros(UNITS), np.zeros(UNITS)] for _ in layers]
    for step, token in enumerate(sentence):
        x = [np.zeros(WIDTH), np.zeros(WIDTH)]
        x[0 if step == word else 1] = embedding[token]
        for k, (kernel, recurrent, bias) in enumerate(layers):
            own, rest = [np.split(x[side] @ kernel + h[k][side] @ recurrent, 4) for side in (0, 1)]
            i, f, g, o = range(4)
            b = np.split(bias[0], 4)
            i1, i2, i3 = shares(sigmoid, own[i], rest[i], b[i])
            f1, f2, f3 = shares(sigmoid, own[f], rest[f], b[f])
            g1, g2, g3 = shares(np.tanh, own[g], rest[g], b[g])
            new_own = i1 * (g1 + g3) + i3 * g1 + (f1 + f3) * c[k][0]
            new_rest = i2 * (g1 + g2 + g3) + (i1 + i3) * g2 + i3 * g3 + (f1 + f2 + f3) * c[k][1] + f2 * c[k][0]
            gate = sigmoid(own[o] + rest[o] + b[o])
            c[k] = [new_own, new_rest]
            h[k] = [gate * part for part in shares(np.tanh, new_own, new_rest)]
            x = h[k]
    way = decoder[0] - decoder[1]
    print(f"word {word}: own {h[-1][0] @ way:.12f}, rest {h[-1][1] @ way:.12f}")
