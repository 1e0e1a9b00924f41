// Probes of code on small texts, their answers drawn below them: # yes, . no, a digit, ? not decided; ⏎ is a line end.

import { describe, expect, test } from 'vitest'
import { bracketDepth } from '../../probes/bracket-depth.ts'
import { ifBody } from '../../probes/if-body.ts'
import { ifCondition } from '../../probes/if-condition.ts'
import { indentation } from '../../probes/indentation.ts'
import { insideComment } from '../../probes/inside-comment.ts'
import { insideString } from '../../probes/inside-string.ts'
import { answered } from './picture.ts'

const holds = (probe: Parameters<typeof answered>[0], drawing: string) =>
  expect(answered(probe, drawing)).toBe(drawing)

describe('comments', () => {
  test.each([
    'a /* b⏎*/ c // d⏎f\n' +
    '...#####.....###..',
    'a // b\\⏎c⏎d\n' +
    '...######..',
    '"/*" \'"\' /**/ /* "no" */ a/b\n' +
    '..........##...########.....',
    'a /* b\n' +
    '..????',
  ])('%s', (drawing) => holds(insideComment, drawing))
})

describe('strings', () => {
  test.each([
    's = "a\\"/*" + \'"\' /*"*/;\n' +
    '....######..............',
    '"a\\⏎b" L"c" F"d" // "e"\n' +
    '#####...##...##........',
    'u8R"x(a)"⏎)x" R"(")" 1\'000 + "1\'0"\n' +
    '...#########...####..........####.',
    'a "b⏎"c"\n' +
    '..??.##.',
    'don\'t⏎"c"\n' +
    '...??.##.',
    'R"(a"⏎b\n' +
    '???????',
  ])('%s', (drawing) => holds(insideString, drawing))
})

describe('brackets', () => {
  test.each([
    'f(a[0], {b}) } (\n' +
    '0112211122100???',
    'g("(", \')\', /* ( */ (b));\n' +
    '0111111111111111111122100',
    '#define A(x) { (x)⏎f(1)\n' +
    '00000000011001122100110',
    '#error (⏎(a]⏎b\n' +
    '00000000011???',
    '("a)⏎b\n' +
    '1?????',
  ])('%s', (drawing) => holds(bracketDepth, drawing))

  test('of alternatives are read as if each stood alone; the text goes on from the first', () => {
    holds(bracketDepth,
      '#if A⏎f(⏎#elif B⏎f((⏎#else⏎f]⏎#endif⏎);\n' +
      '0000000111111111001222222200????????100')
  })

  test('that `#if 0` leaves out do not count behind it', () => {
    holds(bracketDepth,
      '#if 0⏎} (⏎#endif⏎(\n' +
      '000000??????????01')
  })
})

describe('the condition of an if', () => {
  test.each([
    'if (a[f(b)]) { (c); } else if(d) e;\n' +
    '...########..................##....',
    'ifs (a) "if (b)" /* if (c) */⏎#if (d)\n' +
    '.....................................',
    'if /* a */ (b⏎&& c) F(if, 1)\n' +
    '...........#######..........',
    'if constexpr (a) while (b);\n' +
    '.............##............',
    'if(⏎#if A⏎a)⏎#else⏎b)⏎#endif⏎;\n' +
    '..#########.......##..........',
  ])('%s', (drawing) => holds(ifCondition, drawing))
})

describe('the body of an if', () => {
  test.each([
    'if (a) { b; c(); } d;\n' +
    '.......##########....',
    'if (a) b = c; d;\n' +
    '.......#####....',
    'if (a) ; b;\n' +
    '...........',
    'if (a) b; else c; d;\n' +
    '.......#............',
    'if (a) { b; } else if (c) { d; } else { e; }\n' +
    '.......#####..............#####.............',
    'if (a) if (b) c; else d; e;\n' +
    '.......################....',
    'if (a) for (;;) if (b) { c; } d;\n' +
    '.......#####################....'.slice(0, 32),
    'if (a) do { b; } while (c); d;\n' +
    '.......###################....',
    'if (a) while (b) if (c) d; else e; f;\n' +
    '.......##########################....',
    'while (a) if (b) c; else d; e;\n' +
    '.................#............',
    'f() { if (a) return g({b}) } c;\n' +
    '.............##############....',
    'if (a) x = (T){1, 2}; b;\n' +
    '.......#############....',
    'if (a) /* ; */ b; c;\n' +
    '...............#....',
    'x ? y : z; F(if, 1); g;\n' +
    '.......................',
  ])('%s', (drawing) => holds(ifBody, drawing))

  test('goes on from the first alternative, and is not decided where another contradicts it', () => {
    holds(ifBody,
      '#ifdef A⏎if (a) {⏎#else⏎if (b) {⏎#endif⏎c; } d;\n' +
      '................#######........############....')
    holds(ifBody,
      '#ifdef A⏎{⏎#else⏎if (b) {⏎#endif⏎c; } d;\n' +
      '........................########????....')
  })

  test('is followed by an else that only some alternatives have', () => {
    holds(ifBody,
      'if (a) { b; }⏎#if 0⏎else c;⏎#endif⏎if (d) e;\n' +
      '.......#####..............................#.')
  })
})

describe('indentation', () => {
  test.each([
    '  a b⏎⏎c⏎\n' +
    '??222??0?',
    ' \tx⏎\t y⏎ \n' +
    '??8???9??',
  ])('%s', (drawing) => holds(indentation, drawing))
})
