import { isBlank, textOf } from '../names/scope'
import type { Request } from '../schema'
import type { Placed } from './targets'

export type FormOptions = { lists: NonNullable<Request['lists']>; encodeNames: boolean }

export const formOptionsOf = ({ lists, encode_names }: Pick<Request, 'lists' | 'encode_names'>): FormOptions => ({
  lists: lists ?? 'repeat',
  encodeNames: encode_names !== false,
})

const strict = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

/** A value between `=` and `&`. Spaces are %20, which every reader of forms and addresses takes for one. */
export const formValue = (text: string): string => encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, strict)

/** A name whose brackets stay; what would end it early is still encoded. */
const bareName = (name: string): string =>
  name.toWellFormed().replace(/[^\w\-.~[\]{}():$@!*,/]+/g, (other) => encodeURIComponent(other))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** One parameter and its values: several make a list. */
type Parameter = { name: string; values: unknown[]; isList: boolean }

function addValue(name: string, value: unknown, isList: boolean, to: Map<string, Parameter>): void {
  if (isObject(value) && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) addValue(`${name}.${key}`, inner, false, to)
    return
  }
  const known = to.get(name)
  const parameter = known?.isList && isList ? known : { name, values: [], isList: isList || Array.isArray(value) }
  parameter.values.push(...(Array.isArray(value) ? value : [value]))
  to.set(name, parameter)
}

/** Elements at numbered places go in the order of their numbers. */
function inOrder(placed: readonly Placed[]): readonly Placed[] {
  if (!placed.some(({ parts }) => parts.length > 1)) return placed
  const position = new Map<unknown, number>()
  for (const { parts } of placed) if (!position.has(parts[0])) position.set(parts[0], position.size)
  const rank = ({ parts }: Placed) => position.get(parts[0]) ?? 0
  return [...placed].sort((a, b) => rank(a) - rank(b) || Number(a.parts[1] ?? -1) - Number(b.parts[1] ?? -1))
}

function pairsOf({ name, values, isList }: Parameter, { lists }: FormOptions): [name: string, value: string][] {
  if (!isList) return [[name, textOf(values[0])]]
  if (lists === 'commas')
    return [
      [
        name,
        values
          .filter((value) => !isBlank(value))
          .map(textOf)
          .join(','),
      ],
    ]
  const listed = lists === 'brackets' && !name.endsWith('[]') ? `${name}[]` : name
  return values.map((value, index) => [lists === 'indexes' ? `${name}[${index}]` : listed, textOf(value)])
}

/** The names and values of a form, encoded, in the order of the mappings. */
export function formPairs(placed: readonly Placed[], options: FormOptions): [name: string, pair: string][] {
  const parameters = new Map<string, Parameter>()
  for (const { parts, value } of inOrder(placed)) addValue(String(parts[0]), value, parts.length > 1, parameters)
  const nameOf = options.encodeNames ? formValue : bareName
  return [...parameters.values()]
    .flatMap((parameter) => pairsOf(parameter, options))
    .map(([name, value]) => [name, `${nameOf(name)}=${formValue(value)}`])
}

/** `application/x-www-form-urlencoded`: `a=1&b=2`. */
export const formBody = (placed: readonly Placed[], options: FormOptions): string =>
  formPairs(placed, options)
    .map(([, pair]) => pair)
    .join('&')

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}

/**
 * Makes an address ready to take parameters: its own stay where they are, unless a mapping has the same name, which
 * then stands in their place.
 */
export function queryMerger(url: string): (pairs: readonly [name: string, pair: string][]) => string {
  const bare = url.split('#')[0] ?? url
  const [base = '', query = ''] = bare.split(/\?(.*)/s)
  const own = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => ({ name: decoded(pair.split('=')[0] ?? ''), pair }))
  return (pairs) => {
    const written = new Map<string, string>()
    for (const { name, pair } of own) {
      const before = written.get(name)
      written.set(name, before === undefined ? pair : `${before}&${pair}`)
    }
    const replaced = new Set<string>()
    for (const [name, pair] of pairs) {
      written.set(name, replaced.has(name) ? `${written.get(name)}&${pair}` : pair)
      replaced.add(name)
    }
    const joined = [...written.values()].join('&')
    return joined === '' ? base : `${base}?${joined}`
  }
}
