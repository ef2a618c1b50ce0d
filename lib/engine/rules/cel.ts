import type { ASTNode } from '@marcbachmann/cel-js'
import { findReference, type Names, nothing } from '../names/references'
import { isBlank, textOf } from '../names/scope'
import { type RuleFunction, ruleFunctions } from '../schema'
import { equal, oneOf, truth } from './comparisons'
import { all, any, type Condition, constant, leaf } from './conditions'
import { listOperand, literal, type Operand, operandOf } from './operands'
import { conditionOf, type Making, ordering } from './operators'
import { answerOfValue, numberOf } from './values'

/**
 * Something wrong with a rule. `start` and `end` count characters of its text from 0; `at` is the path of the row, for
 * one that the builder made.
 */
export type RuleProblem = {
  severity: 'error' | 'warning'
  message: string
  start?: number
  end?: number
  at?: string
}

type Node = ASTNode
export type Compiling = { names: Names; source: string; problems: RuleProblem[] }

const note = (
  to: Compiling,
  node: { start: number; end: number },
  message: string,
  severity: 'error' | 'warning' = 'error',
) => {
  to.problems.push({ severity, message, start: node.start, end: node.end })
}

const sourceOf = (to: Compiling, node: Node) => to.source.slice(node.start, node.end)

/** The path of `lead.phone_1.area` or `lead['phone_1'].area`; undefined when the node is no such thing. */
function pathOf(node: Node): string[] | undefined {
  if (node.op === 'id') return [node.args]
  if (node.op === '.') {
    const parent = pathOf(node.args[0])
    return parent && [...parent, node.args[1]]
  }
  if (node.op !== '[]') return undefined
  const [object, key] = node.args
  const parent = pathOf(object)
  return parent && key.op === 'value' && typeof key.args === 'string' ? [...parent, ...key.args.split('.')] : undefined
}

function referenceOperand(node: Node, path: string[], to: Compiling): Operand {
  const found = findReference(path, to.names, 'rule')
  if ('problem' in found) {
    note(to, node, found.problem)
    return operandOf(nothing(path.join('.')))
  }
  if (found.warning) note(to, node, found.warning, 'warning')
  return operandOf(found.reference)
}

/** Functions that make a value of a value; each is called as `f(x)` or `x.f()`. */
const valueFunctions: Record<string, { label: string; call: (value: unknown) => unknown }> = {
  size: {
    label: 'Length of',
    call: (value) => (isBlank(value) ? 0 : Array.isArray(value) ? value.length : textOf(value).length),
  },
  lower: { label: 'Lower case of', call: (value) => textOf(value).toLowerCase() },
  upper: { label: 'Upper case of', call: (value) => textOf(value).toUpperCase() },
}

const functionNames = Object.keys(ruleFunctions)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' and ')

const functionOf = (name: string): RuleFunction | undefined =>
  Object.hasOwn(ruleFunctions, name) ? ruleFunctions[name] : undefined
const isTest = (name: string) => functionOf(name)?.op !== undefined

type Call = { name: string; parameters: Node[] }

/** A call in either form: what stands before the dot is the first argument. */
function callOf(node: Node): Call | undefined {
  if (node.op === 'call') return { name: node.args[0], parameters: node.args[1] }
  return node.op === 'rcall' ? { name: node.args[0], parameters: [node.args[1], ...node.args[2]] } : undefined
}

function literalOperand(node: Node & { op: 'value' }, to: Compiling): Operand {
  const value = node.args
  if (typeof value === 'bigint') return literal(Number(value))
  if (typeof value === 'object' && value !== null) {
    note(to, node, 'Write a number, text in quotes, true, false or a list.')
    return literal(undefined)
  }
  return literal(value)
}

const arithmetic: Record<string, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
}

function calculated(node: Node, [first, second]: readonly [Node, Node], to: Compiling): Operand {
  const [left, right] = [operand(first, to), operand(second, to)]
  const calculate = arithmetic[node.op]
  const masked = left.masked === true || right.masked === true
  return {
    words: sourceOf(to, node),
    kind: 'number',
    masked,
    read(scope) {
      const [a, b] = [numberOf((left.order ?? left.read)(scope)), numberOf((right.order ?? right.read)(scope))]
      if (a === undefined || b === undefined || !calculate) return undefined
      const result = calculate(a, b)
      return Number.isFinite(result) ? result : undefined
    },
  }
}

function negative(node: Node & { op: '-_' }, to: Compiling): Operand {
  const inner = operand(node.args, to)
  const value = inner.literal && numberOf(inner.literal.value)
  if (value !== undefined) return literal(-value)
  const read: Operand['read'] = (scope) => {
    const number = numberOf((inner.order ?? inner.read)(scope))
    return number === undefined ? undefined : -number
  }
  return { read, words: `-${inner.words}`, kind: 'number', masked: inner.masked === true }
}

function choice([test, yes, no]: readonly [Node, Node, Node], node: Node, to: Compiling): Operand {
  const [when, one, other] = [condition(test, false, to), operand(yes, to), operand(no, to)]
  return {
    words: sourceOf(to, node),
    masked: one.masked === true || other.masked === true,
    read: (scope) => (when.test(scope) ? one.read(scope) : other.read(scope)),
  }
}

function calledOperand(node: Node, { name, parameters }: Call, to: Compiling): Operand {
  const known = Object.hasOwn(valueFunctions, name) ? valueFunctions[name] : undefined
  const [subject] = parameters
  if (!known || !subject || parameters.length !== 1) {
    if (known) note(to, node, `${name} takes one value.`)
    else if (isTest(name)) return conditionOperand(node, to)
    else note(to, node, `There is no function “${name}”. There are ${functionNames}.`)
    return literal(undefined)
  }
  const inner = operand(subject, to)
  const read: Operand['read'] = (scope) => known.call(inner.read(scope))
  const words = `${known.label} ${inner.words}`
  return { read, words, kind: name === 'size' ? 'number' : 'string', masked: inner.masked === true && name !== 'size' }
}

function conditionOperand(node: Node, to: Compiling): Operand {
  const inner = condition(node, false, to)
  return { read: (scope) => inner.test(scope), words: inner.words, kind: 'boolean' }
}

/** A value: of the lead, written out, or worked out. */
function operand(node: Node, to: Compiling): Operand {
  if (node.op === 'value') return literalOperand(node, to)
  const path = pathOf(node)
  if (path) return referenceOperand(node, path, to)
  if (node.op === 'list') return listOperand(node.args.map((element) => operand(element, to)))
  if (node.op === '-_') return negative(node, to)
  if (node.op === '?:') return choice(node.args, node, to)
  if (node.op === '+' || node.op === '-' || node.op === '*' || node.op === '/' || node.op === '%') {
    return calculated(node, node.args, to)
  }
  const call = callOf(node)
  if (call) return calledOperand(node, call, to)
  if (isLogic(node)) return conditionOperand(node, to)
  note(to, node, 'This can’t be used in a rule.')
  return literal(undefined)
}

const logic: ReadonlySet<string> = new Set(['&&', '||', '!_', '==', '!=', '<', '<=', '>', '>=', 'in'])
const isLogic = (node: Node) => logic.has(node.op)

const makingOf = (node: Node, parameters: readonly Node[], to: Compiling): Making => ({
  names: to.names,
  note: (message, severity, argument) =>
    note(to, (argument === undefined ? node : parameters[argument]) ?? node, message, severity),
})

function calledCondition(node: Node, { name, parameters }: Call, negated: boolean, to: Compiling): Condition {
  const [subject, ...objects] = parameters
  const { op, more, example } = functionOf(name) ?? { more: [0, 0] as const, example: '' }
  if (!op || !subject || objects.length < more[0] || objects.length > more[1]) {
    note(to, node, `${name} is written like this: ${example}`)
    return constant(false)
  }
  const compared = objects.map((object) => operand(object, to))
  return conditionOf(op, operand(subject, to), compared, negated, makingOf(node, objects, to))
}

function comparison(node: Node, negated: boolean, to: Compiling): Condition | undefined {
  const { op } = node
  if (op !== '==' && op !== '!=' && op !== 'in' && op !== '<' && op !== '<=' && op !== '>' && op !== '>=')
    return undefined
  const [left, right] = [operand(node.args[0], to), operand(node.args[1], to)]
  if (op === '==') return equal(left, right, negated)
  if (op === '!=') return equal(left, right, !negated)
  if (op === 'in') return oneOf(left, right, negated)
  return ordering(op, left, right, negated, makingOf(node, [], to))
}

function joinedCondition(node: Node & { op: '&&' | '||' }, negated: boolean, to: Compiling): Condition {
  const parts = flatten(node, node.op).map((part) => condition(part, negated, to))
  return (node.op === '&&') !== negated ? all(parts) : any(parts)
}

/** `a && b && c` comes as `(a && b) && c`: beside each other it reads better, in a trace too. */
function flatten(node: Node, op: '&&' | '||'): Node[] {
  return node.op === op ? [...flatten(node.args[0], op), ...flatten(node.args[1], op)] : [node]
}

/** A part of a rule that is true or false. Negation goes down to the comparisons, so that words can follow it. */
export function condition(node: Node, negated: boolean, to: Compiling): Condition {
  if (node.op === '&&' || node.op === '||') return joinedCondition(node, negated, to)
  if (node.op === '!_') return condition(node.args, !negated, to)
  const compared = comparison(node, negated, to)
  if (compared) return compared
  if (node.op === '?:') return chosen(node, negated, to)
  const call = callOf(node)
  if (call && isTest(call.name)) return calledCondition(node, call, negated, to)
  const value = operand(node, to)
  if (value.literal) return literalCondition(node, value.literal.value, negated, to)
  if (Object.hasOwn(arithmetic, node.op) || node.op === '-_' || node.op === 'list') {
    note(to, node, 'This is no condition. Compare it with something.')
  }
  return truth(value, negated)
}

function literalCondition(node: Node, value: unknown, negated: boolean, to: Compiling): Condition {
  if (typeof value === 'boolean') return constant(value !== negated)
  if (value !== undefined) note(to, node, 'This is no condition. Compare it with something.')
  return constant(false)
}

function chosen(node: Node & { op: '?:' }, negated: boolean, to: Compiling): Condition {
  const value = choice(node.args, node, to)
  const test = (scope: Parameters<Operand['read']>[0]) => (answerOfValue(value.read(scope)) === true) !== negated
  const words = negated ? `not (${value.words})` : value.words
  return leaf({ words, must: words, test })
}
