import { parse } from '@marcbachmann/cel-js'
import type { Names } from '../names/references'
import { type Compiling, condition, type RuleProblem } from './cel'
import { type Condition, constant } from './conditions'

type ParseFailure = { summary: string; range?: { start: number; end: number } }
const isParseFailure = (cause: unknown): cause is ParseFailure =>
  typeof cause === 'object' && cause !== null && 'summary' in cause && typeof cause.summary === 'string'

/** How the parser's names of what stands in a rule are written. */
const signs: Readonly<Record<string, string>> = {
  ...{ EOF: 'the end', NUMBER: 'a number', STRING: 'a text', BOOLEAN: 'true or false', IDENTIFIER: 'a name' },
  ...{ PLUS: '+', MINUS: '-', MULTIPLY: '*', DIVIDE: '/', MODULO: '%', AND: '&&', OR: '||', NOT: '!', IN: 'in' },
  ...{ EQ: '==', NE: '!=', LT: '<', LE: '<=', GT: '>', GE: '>=', DOT: '.', COMMA: ',', COLON: ':', QUESTION: '?' },
  ...{ LPAREN: '(', RPAREN: ')', LBRACKET: '[', RBRACKET: ']', LBRACE: '{', RBRACE: '}' },
}

function wordsOfFailure(summary: string): string {
  if (summary === 'Unexpected token: EOF') return 'The rule ends too early.'
  if (summary === 'Unexpected character: =') return 'Use == to compare.'
  if (/unterminated string/i.test(summary)) return 'A quote is not closed.'
  const [, wanted, found] = /^Expected (\w+), got (\w+)$/.exec(summary) ?? []
  if (wanted && found) return `Here should be ${signs[wanted] ?? wanted}, and there is ${signs[found] ?? found}.`
  const unexpected = /^Unexpected token: (\w+)$/.exec(summary)?.[1]
  if (unexpected) return `There can’t be ${signs[unexpected] ?? unexpected} here.`
  return `The rule can’t be read: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}.`
}

/** Compiles an expression in CEL syntax. Where it is wrong the condition is never true, and `problems` says why. */
export function compileExpression(source: string, names: Names): { condition: Condition; problems: RuleProblem[] } {
  const to: Compiling = { names, source, problems: [] }
  try {
    return { condition: condition(parse(source).ast, false, to), problems: to.problems }
  } catch (cause) {
    if (cause instanceof RangeError) {
      return {
        condition: constant(false),
        problems: [{ severity: 'error', message: 'The rule is nested too deeply.' }],
      }
    }
    if (!isParseFailure(cause)) throw cause
    const { start, end } = cause.range ?? { start: 0, end: source.length }
    const message = source.trim() === '' ? 'Write a rule.' : wordsOfFailure(cause.summary)
    return { condition: constant(false), problems: [{ severity: 'error', message, start, end }] }
  }
}
