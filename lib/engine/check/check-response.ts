import { kindOfType } from '../answers/body'
import { compileAnswerPath } from '../answers/paths'
import { compileReason } from '../answers/reason'
import { compileAnswerPattern } from '../answers/text-path'
import { mostCaptured } from '../answers/values'
import { reservedNames } from '../names/appended'
import type { ParserType, ResponseSpec } from '../schema'
import type { Problem } from '../types'
import { type Place, under } from './place'
import { Problems } from './problems'

type At = Omit<Place, 'names'>
type Condition = NonNullable<ResponseSpec['conditions']>[number]

const pathNames = ['success_path', 'duplicate_path', 'reason_path', 'price_path', 'id_path', 'item_event_path'] as const

/** Paths without a parser or content type are read as the body turns out to be: they must do for one kind. */
const kindsOf = (response: ResponseSpec): ParserType[] => {
  const kind = response.parser?.type ?? kindOfType(response.content_type)
  return kind ? [kind] : ['json', 'xml', 'html', 'text']
}

const kindWords: Record<ParserType, string> = {
  json: 'no path in JSON',
  xml: 'no path in XML',
  html: 'no CSS selector',
  text: 'no piece or pattern',
  regex: 'no pattern',
}

function checkPath(source: string | undefined, kinds: readonly ParserType[], to: Problems, { path, stepId }: At): void {
  if (source === undefined || source.trim() === '') return
  const found = kinds.map((kind) => compileAnswerPath(kind, source))
  const [first] = found
  if (!first || found.some((compiled) => !('problem' in compiled)) || !('problem' in first)) return
  const at = first.at === undefined ? '' : ` (character ${first.at + 1})`
  const kind = kinds[0] ?? 'json'
  const isTold = first.problem.startsWith(`“${source}”`)
  to.add(
    'error',
    path,
    isTold ? `${first.problem}${at}` : `“${source}” is ${kindWords[kind]}: ${first.problem}${at}`,
    stepId,
  )
}

function checkCodes(
  { success_codes: successes, error_codes: errors }: ResponseSpec,
  to: Problems,
  { path, stepId }: At,
) {
  if (successes.length === 0)
    to.add('error', under(path, 'success_codes'), 'Without a success code no lead is ever accepted.', stepId)
  const both = errors?.find((code) => successes.includes(code))
  if (both !== undefined)
    to.add('error', under(path, 'error_codes'), `${both} can’t be a success and an error.`, stepId)
}

function checkParser({ parser, content_type: contentType }: ResponseSpec, to: Problems, { path, stepId }: At): void {
  if (!parser) return
  for (const name of pathNames) {
    checkPath(parser[name], [parser.type], to, { path: under(path, `parser.${name}`), stepId })
  }
  if (parser.success_value !== undefined && !parser.success_path) {
    const message = 'Without a path the whole answer is compared with the value.'
    to.add('warning', under(path, 'parser.success_path'), message, stepId)
  }
  if (parser.duplicate_value !== undefined && !parser.duplicate_path) {
    to.add('error', under(path, 'parser.duplicate_path'), 'Say where the value stands that means a duplicate.', stepId)
  }
  const told = kindOfType(contentType)
  const isText = parser.type === 'text' || parser.type === 'regex'
  if (told !== undefined && told !== parser.type && !isText) {
    const message = `The content type says ${told}, but answers are read as ${parser.type}; the parser counts.`
    to.add('warning', under(path, 'content_type'), message, stepId)
  }
}

function isCharset(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

function checkContentType(contentType: string | undefined, to: Problems, { path, stepId }: At): void {
  if (contentType === undefined || contentType.trim() === '') return
  if (!/^\s*[\w.+-]+\/[\w.+-]+\s*(?:;.*)?$/.test(contentType)) {
    to.add('error', path, 'Write a content type like application/json or text/xml; charset=iso-8859-1.', stepId)
  }
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1]
  if (charset !== undefined && !isCharset(charset)) to.add('error', path, `There is no charset “${charset}”.`, stepId)
}

const hasTest = ({ path, equals, contains, matches }: Condition) =>
  Boolean(path?.trim()) || equals !== undefined || contains !== undefined || matches !== undefined

const isBlankTest = ({ equals, contains, matches }: Condition) =>
  [equals, contains, matches].some((test) => typeof test === 'string' && test.trim() === '')

/** Whether every answer that fits the later condition fits the earlier one too. */
function covers(earlier: Condition, later: Condition): boolean {
  const codes = earlier.codes
  if (codes && !later.codes?.every((code) => codes.includes(code))) return false
  if (!hasTest(earlier)) return true
  const testOf = ({ path, equals, contains, matches }: Condition) =>
    JSON.stringify([path?.trim() || null, equals ?? null, contains?.toLowerCase() ?? null, matches ?? null])
  return testOf(earlier) === testOf(later)
}

function checkReach(conditions: readonly Condition[], index: number, to: Problems, { path, stepId }: At): void {
  const condition = conditions[index] as Condition
  if (condition.codes?.length === 0) {
    to.add(
      'warning',
      under(path, 'codes'),
      'No code is listed, so no answer ever fits. Leave the codes out for any.',
      stepId,
    )
    return
  }
  const first = conditions.slice(0, index).findIndex((earlier) => covers(earlier, condition))
  if (first < 0) return
  const isCatchAll = !hasTest(conditions[first] as Condition) && !conditions[first]?.codes
  const why = isCatchAll ? 'takes every answer' : 'takes every answer that this one would'
  to.add('warning', path, `This is never reached: condition ${first + 1} ${why}.`, stepId)
}

type InCondition = { response: ResponseSpec; captures: readonly string[] }

function checkTest(condition: Condition, to: Problems, { path, stepId }: At): void {
  if (isBlankTest(condition)) {
    to.add('error', path, 'Write what the answer has to say, or leave the test out.', stepId)
    return
  }
  const pattern = condition.matches === undefined ? undefined : compileAnswerPattern(condition.matches)
  if (pattern && 'problem' in pattern) to.add('error', `${path}.matches`, pattern.problem, stepId)
}

function checkCondition(condition: Condition, { response, captures }: InCondition, to: Problems, at: At): void {
  const { path, stepId } = at
  checkPath(condition.path, kindsOf(response), to, { path: `${path}.path`, stepId })
  checkTest(condition, to, at)
  for (const { severity, message } of compileReason(condition.reason ?? '', captures).problems)
    to.add(severity, `${path}.reason`, message, stepId)
  if (condition.outcome === 'accepted' && condition.reason?.trim())
    to.add('warning', `${path}.reason`, 'An accepted lead has no reason; this one is not used.', stepId)
}

function checkConditions(response: ResponseSpec, to: Problems, { path, stepId }: At): void {
  const conditions = response.conditions ?? []
  const about = { response, captures: Object.keys(response.capture ?? {}) }
  for (const [index, condition] of conditions.entries()) {
    const at = { path: under(path, `conditions.${index}`), stepId }
    checkCondition(condition, about, to, at)
    checkReach(conditions, index, to, at)
  }
  const catchAll = conditions.findIndex((condition) => !hasTest(condition) && !condition.codes)
  if (catchAll >= 0 && (response.parser?.success_path || response.parser?.duplicate_path)) {
    const message = `Condition ${catchAll + 1} takes every answer, so that success and duplicate paths are never looked at.`
    to.add('warning', under(path, 'parser.success_path'), message, stepId)
  }
}

function checkCaptures(response: ResponseSpec, to: Problems, { path, stepId }: At): void {
  const entries = Object.entries(response.capture ?? {})
  if (entries.length > mostCaptured)
    to.add('error', under(path, 'capture'), `At most ${mostCaptured} values can be captured.`, stepId)
  for (const [name, source] of entries) {
    const here = under(path, `capture.${name}`)
    if (reservedNames.has(name)) to.add('error', here, `“${name}” is there by itself; choose another name.`, stepId)
    if (source.trim() === '') to.add('error', here, `Say where “${name}” stands in the answer.`, stepId)
    checkPath(source, kindsOf(response), to, { path: here, stepId })
  }
}

/** Notes what is wrong with the way in which the answers of a step or destination are read. */
export function checkResponse(response: ResponseSpec, to: Problems, at: At): void {
  checkCodes(response, to, at)
  checkParser(response, to, at)
  checkContentType(response.content_type, to, { ...at, path: under(at.path, 'content_type') })
  checkConditions(response, to, at)
  checkCaptures(response, to, at)
}

/** What is wrong with settings of an answer by themselves; paths point into them. */
export function checkAnswerSettings(response: ResponseSpec): Problem[] {
  const to = new Problems()
  checkResponse(response, to, { path: '' })
  return to.found
}
