import { Context, Liquid, Output, type Template, Tokenizer, TokenKind, type TopLevelToken, toValueSync } from 'liquidjs'
import { didYouMean } from '../names/closest'
import type { Reference } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import { asciiValue } from './ascii'
import { escapes, type Spot } from './escapes'
import { filterFunctions, longestText } from './filters'

const filterNames = Object.keys(filterFunctions)
const allowedTags = new Set(['if', 'unless', 'case'])

/** How a whole text differs from a value: every output is written by `write`, which no filter turns off. */
export type TextStyle = { write: (value: unknown) => string; longest: number }

/** Liquid without what reaches files or other templates, stores text, or repeats: what remains ends by itself. */
function closedLiquid(style?: TextStyle): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: 200_000,
    memoryLimit: 1_000_000,
    renderLimit: 1_000,
    ...(style && { outputEscape: style.write }),
  })
  for (const name of Object.keys(liquid.tags)) if (!allowedTags.has(name)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) if (style || name !== 'raw') liquid.unregisterFilter(name)
  for (const [name, filter] of Object.entries(filterFunctions)) liquid.registerFilter(name, filter)
  if (!style) liquid.registerFilter(insertion, insert)
  return liquid
}

/** How a body's outputs end, once it is known where each stands. It is no filter of people's. */
const insertion = '__insert'

/** Writes a value into a body; notes it when it is, or is made of, one that may not be kept in clear. */
function insert(this: { context: Context }, value: unknown, spot: Spot, ascii: boolean, masked: boolean): string {
  if (masked && this.context instanceof ReferenceContext) this.context.masked.push(textOf(value))
  return escapes[spot](ascii ? asciiValue(value) : value)
}

const valueLiquid = closedLiquid()
const textLiquids = new Map<TextStyle, Liquid>()

function liquidOf(style: TextStyle | undefined): Liquid {
  if (!style) return valueLiquid
  const made = textLiquids.get(style) ?? closedLiquid(style)
  textLiquids.set(style, made)
  return made
}

/** A context whose names are the references of one template, and nothing else: no object of ours is ever in reach. */
class ReferenceContext extends Context {
  readonly masked: string[] = []
  private readonly references: ReadonlyMap<string, Reference>
  private readonly seen: Scope

  constructor(liquid: Liquid, references: ReadonlyMap<string, Reference>, seen: Scope) {
    super({}, liquid.options, { sync: true }, { liquid })
    this.references = references
    this.seen = seen
  }

  override *_get(paths: (string | number)[]): IterableIterator<unknown> {
    return yield this.references.get(paths.join('.'))?.read(this.seen)
  }

  override *_getFromScope(): IterableIterator<unknown> {
    return yield undefined
  }
}

/** The text, outputs and tags of a template that parses, as they are written. */
export function tokensOf(source: string): TopLevelToken[] {
  return new Tokenizer(source).readTopLevelTokens()
}

export const isText = (token: TopLevelToken): boolean => token.kind === TokenKind.HTML
export const isOutput = (token: TopLevelToken): boolean => token.kind === TokenKind.Output

/** The same output (`{{ lead.email }}`), whose value is written for the spot it stands on. */
export const insertedAt = (output: string, spot: Spot, ascii: boolean, masked: boolean): string =>
  output.replace(/(-?\}\})$/, (end) => ` | ${insertion}: "${spot}", ${ascii}, ${masked} ${end}`)

/** A template as Liquid parsed it; `lone` is set when it is one output, whose value then keeps its type. */
export type Parsed = {
  liquid: Liquid
  longest: number
  templates: Template[]
  lone: Output | undefined
  paths: string[][]
}

const wordsOfFailure = (message: string): string => {
  const first = message.split('\n')[0] ?? message
  const position = /, line:(\d+), col:(\d+)/.exec(first)
  const words = first.replace(/, line:\d+, col:\d+.*$/, '').replace(/, file:.*$/, '')
  const filter = /undefined filter: (\S+)/.exec(words)?.[1]
  const tag = /tag "?([^"\s]+)"? not found/.exec(words)?.[1]
  const at = position ? ` (line ${position[1]}, character ${position[2]})` : ''
  if (filter)
    return `There is no filter “${filter}”${at}.${didYouMean(filter, filterNames)} There are ${filterNames.join(', ')}.`
  if (tag) return `There is no tag “${tag}”${at}. There are if, unless and case.`
  return `The template can’t be read: ${words}${at}.`
}

/** Parses a template, or says in words why it can't be. With a `style` it is a whole text and not a value. */
export function parseTemplate(source: string, style?: TextStyle): Parsed | { problem: string } {
  try {
    const liquid = liquidOf(style)
    const templates = liquid.parse(source)
    if (/\(\s*[^()\s]+\s*\.\.\s*[^()\s]+\s*\)/.test(source)) return { problem: 'Ranges can’t be used in a template.' }
    const [only] = templates
    const lone = !style && templates.length === 1 && only instanceof Output ? only : undefined
    const paths: string[][] = []
    for (const segments of liquid.globalVariableSegmentsSync(templates)) {
      if (segments.some((segment) => Array.isArray(segment))) {
        return { problem: 'A name in brackets must be written out, like lead["email"].' }
      }
      paths.push(segments.map(String))
    }
    return { liquid, longest: style?.longest ?? longestText, templates, lone, paths }
  } catch (cause) {
    return { problem: wordsOfFailure(cause instanceof Error ? cause.message : String(cause)) }
  }
}

/** Renders a whole body, at most `longest` characters; undefined when it fails or grows longer. */
export function renderBody(
  parsed: Parsed,
  references: ReadonlyMap<string, Reference>,
  scope: Scope,
  longest: number,
): { body: string; masked: string[] } | undefined {
  try {
    const context = new ReferenceContext(parsed.liquid, references, scope)
    const rendered: unknown = parsed.liquid.renderSync(parsed.templates, context)
    return typeof rendered === 'string' && rendered.length <= longest
      ? { body: rendered, masked: context.masked }
      : undefined
  } catch {
    return undefined
  }
}

/** Renders a parsed template. What fails or grows too long resolves to nothing. */
export function renderParsed(parsed: Parsed, references: ReadonlyMap<string, Reference>, scope: Scope): unknown {
  try {
    const context = new ReferenceContext(parsed.liquid, references, scope)
    if (parsed.lone) return toValueSync(parsed.lone.value.value(context))
    const rendered: unknown = parsed.liquid.renderSync(parsed.templates, context)
    return typeof rendered === 'string' && rendered.length <= parsed.longest ? rendered : undefined
  } catch {
    // Bounds are enforced by throwing; so are filters' refusals. A mapping that can't be made is left out.
    return undefined
  }
}
