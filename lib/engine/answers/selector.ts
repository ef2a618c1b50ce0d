import {
  AttributeAction,
  type AttributeSelector,
  type PseudoSelector,
  parse,
  type Selector,
  SelectorType,
} from 'css-what'
import { type Markup, type MarkupNode, textIn } from './markup'
import { type Axis, isElement, type Predicate, type Step, valuesOnWay } from './steps'
import type { MarkupPath, PathProblem } from './xpath'

class Unusable extends Error {}

const axisAfter: Partial<Record<SelectorType, Axis>> = {
  [SelectorType.Descendant]: 'inside',
  [SelectorType.Child]: 'child',
  [SelectorType.Adjacent]: 'next',
  [SelectorType.Sibling]: 'following',
}

const pseudoNames =
  'first-child, last-child, only-child, nth-child, nth-of-type, first-of-type, empty, not and contains'

const attributeTests: Record<AttributeAction, (has: string, wanted: string) => boolean> = {
  [AttributeAction.Any]: (has, wanted) => wanted !== '' && has.includes(wanted),
  [AttributeAction.Element]: (has, wanted) => has.split(/\s+/).includes(wanted),
  [AttributeAction.End]: (has, wanted) => wanted !== '' && has.endsWith(wanted),
  [AttributeAction.Equals]: (has, wanted) => has === wanted,
  [AttributeAction.Exists]: () => true,
  [AttributeAction.Hyphen]: (has, wanted) => has === wanted || has.startsWith(`${wanted}-`),
  [AttributeAction.Not]: (has, wanted) => has !== wanted,
  [AttributeAction.Start]: (has, wanted) => wanted !== '' && has.startsWith(wanted),
}

type Test = (markup: Markup, node: MarkupNode, at: number) => boolean

function attributeTest({ name, action, value, ignoreCase }: AttributeSelector): Test {
  const plain = (text: string) => (ignoreCase === true ? text.toLowerCase() : text)
  const [key, wanted] = [name.toLowerCase(), plain(value)]
  return (_, { attributes }) =>
    Object.hasOwn(attributes, key)
      ? attributeTests[action](plain(attributes[key] ?? ''), wanted)
      : action === AttributeAction.Not
}

/** `2n+1`, `odd`, `3`: whether a place, counted from 1, is one of them. */
function placesOf(formula: string): (place: number) => boolean {
  const text = formula.replaceAll(/\s/g, '').toLowerCase()
  const words: Record<string, string> = { odd: '2n+1', even: '2n' }
  const match = /^(?:([+-]?\d{0,6})n)?([+-]?\d{1,6})?$/.exec(words[text] ?? text)
  if (!match || text === '') throw new Unusable(`“${formula}” says no place. Write a number, odd, even or 2n+1`)
  const [, times, offset = '0'] = match
  const start = Number(offset)
  if (times === undefined) return (place) => place === start
  const every = /\d/.test(times) ? Number(times) : Number(`${times}1`)
  return (place) => (every === 0 ? place === start : (place - start) % every === 0 && (place - start) / every >= 0)
}

const textOfPseudo = ({ data }: PseudoSelector) => (typeof data === 'string' ? data : '')

function pseudoTest(pseudo: PseudoSelector): Test {
  const { name, data } = pseudo
  switch (name) {
    case 'first-child':
      return (_, node) => node.place === 1
    case 'last-child':
      return (_, node) => node.isLast
    case 'only-child':
      return (_, node) => node.place === 1 && node.isLast
    case 'first-of-type':
      return (_, node) => node.placeOfName === 1
    case 'nth-child':
    case 'nth-of-type': {
      const isMeant = placesOf(textOfPseudo(pseudo))
      return (_, node) => isMeant(name === 'nth-child' ? node.place : node.placeOfName)
    }
    case 'empty':
      return (_, node, at) => node.end === at
    case 'contains': {
      const wanted = textOfPseudo(pseudo)
        .replace(/^(["'])(.*)\1$/s, '$2')
        .toLowerCase()
      return (markup, _, at) => textIn(markup, at).toLowerCase().includes(wanted)
    }
    case 'not': {
      const inner = Array.isArray(data) ? data.map((tokens) => tokens.map(testOf)) : []
      return (...given) => !inner.some((tests) => tests.every((test) => test(...given)))
    }
    default:
      throw new Unusable(`“:${name}” is not known here; there are ${pseudoNames}`)
  }
}

function testOf(token: Selector): Test {
  switch (token.type) {
    case SelectorType.Universal:
      return () => true
    case SelectorType.Tag: {
      const wanted = token.name.toLowerCase()
      return (_, node) => node.name === wanted
    }
    case SelectorType.Attribute:
      return attributeTest(token)
    case SelectorType.Pseudo:
      return pseudoTest(token)
    default:
      throw new Unusable('This selector can’t be used here')
  }
}

function stepsOf(tokens: readonly Selector[]): Step[] {
  const steps: { axis: Axis; test: typeof isElement; predicates: Predicate[] }[] = []
  let current = { axis: 'inside' as Axis, test: isElement, predicates: [] as Predicate[] }
  steps.push(current)
  for (const token of tokens) {
    const axis = axisAfter[token.type]
    if (axis) {
      current = { axis, test: isElement, predicates: [] }
      steps.push(current)
      continue
    }
    const test = testOf(token)
    current.predicates.push((markup, at) => {
      const node = markup[at]
      return node !== undefined && test(markup, node, at)
    })
  }
  if (steps.some(({ predicates }) => predicates.length === 0)) {
    throw new Unusable('Name an element on both sides of a space, >, + or ~')
  }
  return steps
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Compiles a CSS selector; ` @name` after it takes an attribute of what it finds: `#message @data-reason`. */
export function compileSelector(source: string): MarkupPath | PathProblem {
  const [, selector = '', attribute] = /^(.*?)(?:\s*@([\w:-]+))?\s*$/s.exec(source) ?? []
  if (selector.trim() === '') return { problem: 'Write a CSS selector, like #message or div.error.' }
  try {
    const ways = parse(selector.trim()).map(stepsOf)
    const end: Step[] = attribute === undefined ? [] : [{ take: 'attribute', name: attribute.toLowerCase() }]
    return (markup) => ways.flatMap((steps) => valuesOnWay(markup, [0], [...steps, ...end])).map(tidy)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'it does not parse'
    return { problem: `${message.replace(/\.$/, '')}.` }
  }
}
