import { isTimeZone } from '../../time'
import type { Names, Reference } from '../names/references'
import { isBlank, type Read, type Scope, textOf } from '../names/scope'
import { answerOfValue } from '../rules/values'
import type { FilterName, Transform } from '../schema'
import { asciiValue } from './ascii'
import { formatDate } from './dates'
import { digestOf, filterFunctions } from './filters'
import { compileTemplate } from './index'
import { formatPhone } from './phones'
import { compileExpression } from './regex'

export type TransformProblem = { index: number; severity: 'error' | 'warning'; message: string }

/** Changes made ready: `apply` never throws; a change that can't be made leaves nothing. */
export type CompiledTransforms = {
  apply: (value: unknown, scope: Scope) => unknown
  problems: TransformProblem[]
  references: Reference[]
}

type Change = (value: unknown, scope: Scope) => unknown
type Compiling = {
  names: Names
  callingCode: Read
  tell: (message: string, severity?: 'error' | 'warning') => void
  references: Reference[]
}
type Of<Type extends Transform['type']> = Extract<Transform, { type: Type }>

const filter = (name: FilterName, value: unknown, ...rest: unknown[]): unknown => filterFunctions[name](value, ...rest)
const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  const text = textOf(value).replaceAll(/[$,\s]/g, '')
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : undefined
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()
const cases: Record<Of<'case'>['to'], Change> = {
  upper: (value) => filter('upcase', value),
  lower: (value) => filter('downcase', value),
  title: (value) => filter('titlecase', value),
  sentence: (value) => sentence(textOf(value)),
}

function numberText(value: unknown, { decimals, thousands, decimal_mark: mark }: Of<'number'>): unknown {
  const number = asNumber(value)
  if (number === undefined) return value
  if (decimals === undefined && thousands === undefined)
    return mark === undefined ? number : String(number).replace('.', mark)
  const [whole = '', rest] = (decimals === undefined ? String(number) : number.toFixed(decimals)).split('.')
  const grouped = thousands ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole
  return rest === undefined ? grouped : `${grouped}${mark ?? '.'}${rest}`
}

function lookup({ table, otherwise }: Of<'lookup'>): Change {
  const known = new Map(Object.entries(table).map(([from, to]) => [from.trim().toLowerCase(), to]))
  return (value) => {
    const key = textOf(value).trim().toLowerCase()
    return known.has(key) ? known.get(key) : (otherwise ?? value)
  }
}

function hash({ algorithm, salt, salt_position, encoding }: Of<'hash'>, to: Compiling): Change {
  const template = salt === undefined ? undefined : compileTemplate(salt, to.names)
  for (const { message, severity } of template?.problems ?? []) to.tell(message, severity)
  to.references.push(...(template?.references ?? []))
  return (value, scope) => {
    const added = textOf(template?.render(scope))
    const text = textOf(value)
    return digestOf(algorithm, salt_position === 'after' ? text + added : added + text, encoding)
  }
}

function replace(transform: Of<'replace'>, to: Compiling): Change {
  if (!transform.pattern) return (value) => filter('replace', value, transform.search, transform.with)
  const expression = compileExpression(transform.search)
  if ('problem' in expression) {
    to.tell(expression.problem)
    return () => undefined
  }
  return (value) => expression.replace(textOf(value), transform.with)
}

function extract({ pattern }: Of<'extract'>, to: Compiling): Change {
  const expression = compileExpression(pattern)
  if ('problem' in expression) to.tell(expression.problem)
  return 'problem' in expression ? () => undefined : (value) => expression.extract(textOf(value))
}

function substring({ start, length }: Of<'substring'>): Change {
  return (value) => {
    const text = textOf(value)
    const from = start < 0 ? Math.max(text.length + start, 0) : Math.max(start - 1, 0)
    return text.slice(from, length === undefined ? undefined : from + length)
  }
}

function date({ format, time_zone }: Of<'date'>, to: Compiling): Change {
  if (time_zone && !isTimeZone(time_zone))
    to.tell(`“${time_zone}” is not a time zone. Write one like America/New_York.`)
  if (!format.includes('%') && format !== 'iso' && format !== 'date') {
    to.tell('This format has no part of a date in it. Write one like %m/%d/%Y, or iso.', 'warning')
  }
  const zone = time_zone && isTimeZone(time_zone) ? time_zone : undefined
  return (value) => formatDate(value, format, zone)
}

const maths = { plus: 'plus', minus: 'minus', times: 'times', divided_by: 'divided_by' } as const

function math({ operator, by }: Of<'math'>, to: Compiling): Change {
  if (operator === 'divided_by' && by === 0) to.tell('Nothing can be divided by 0.')
  return (value) => {
    const number = asNumber(value)
    return number === undefined ? value : filter(maths[operator], number, by)
  }
}

const each =
  (change: Change): Change =>
  (value, scope) =>
    Array.isArray(value) ? value.map((one) => change(one, scope)) : change(value, scope)

type Makers = { [Type in Transform['type']]: (transform: Of<Type>, to: Compiling) => Change }

const makers: Makers = {
  date: (transform, to) => each(date(transform, to)),
  add_days: ({ days }) => each((value) => filter('add_days', value, days)),
  phone: ({ format }, to) => each((value, scope) => formatPhone(value, format, to.callingCode(scope))),
  case: ({ to }) => each(cases[to]),
  trim: () => each((value) => filter('strip', value)),
  ascii: () => asciiValue,
  digits: () => each((value) => filter('digits', value)),
  text: () => each((value) => textOf(value)),
  lookup: (transform) => each(lookup(transform)),
  hash: (transform, to) => each(hash(transform, to)),
  number: (transform) => each((value) => numberText(value, transform)),
  round: ({ places }) =>
    each((value) => (asNumber(value) === undefined ? value : filter('round', asNumber(value), places ?? 0))),
  math: (transform, to) => each(math(transform, to)),
  boolean: ({ yes, no }) =>
    each((value) => {
      const answer = answerOfValue(value)
      if (answer === undefined) return value
      return answer ? yes : no
    }),
  replace: (transform, to) => each(replace(transform, to)),
  extract: (transform, to) => each(extract(transform, to)),
  substring: (transform) => each(substring(transform)),
  mask: ({ keep }) => each((value) => filter('mask', value, keep)),
  prepend: ({ text }) => each((value) => filter('prepend', value, text)),
  append: ({ text }) => each((value) => filter('append', value, text)),
  split:
    ({ separator }) =>
    (value) =>
      filter('split', value, separator),
  join:
    ({ separator }) =>
    (value) =>
      filter('join', value, separator),
  default:
    ({ value: instead }) =>
    (value) =>
      isBlank(value) ? instead : value,
}

const made = (transform: Transform, to: Compiling): Change =>
  (makers[transform.type] as (transform: Transform, to: Compiling) => Change)(transform, to)

/**
 * Makes the changes of a mapping ready. A blank value stays blank, but for `default`; a list is changed element by
 * element, but for `join`.
 * @param callingCode reads the country's calling code of the phone field that is mapped.
 */
export function compileTransforms(
  transforms: readonly Transform[],
  names: Names,
  callingCode: Read,
): CompiledTransforms {
  const problems: TransformProblem[] = []
  const references: Reference[] = []
  const changes = transforms.map((transform, index) => ({
    fills: transform.type === 'default',
    change: made(transform, {
      names,
      callingCode,
      references,
      tell: (message, severity = 'error') => problems.push({ index, severity, message }),
    }),
  }))
  return {
    problems,
    references,
    apply(value, scope) {
      let now = value
      try {
        for (const { fills, change } of changes) if (fills || !isBlank(now)) now = change(now, scope)
      } catch {
        // A filter refuses what grows too long: half a value is a wrong value.
        return undefined
      }
      return now
    },
  }
}
