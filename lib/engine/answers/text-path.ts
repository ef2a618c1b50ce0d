import { RE2JS } from 're2js'
import { patternRefusal } from '../pattern-refusal'
import type { PathProblem } from './xpath'

/** A pattern of a user, letter case aside; `found` is its first group, or all that it matched. */
export type AnswerPattern = { found: (text: string) => string | undefined }

const longestPattern = 500
const largestProgram = 1_000
/** Of a longer text the beginning is looked at: matching takes most of a microsecond a character. */
export const longestMatched = 20_000

/** Compiles a pattern in RE2 syntax, bare or between slashes (`/error: (.*)/i`). */
export function compileAnswerPattern(source: string): AnswerPattern | PathProblem {
  const bare = /^\/(.+)\/[gimsu]*$/s.exec(source)?.[1] ?? source
  if (bare === '') return { problem: 'Write the pattern to look for.' }
  if (bare.length > longestPattern) return { problem: `A pattern has at most ${longestPattern} characters.` }
  try {
    const compiled = RE2JS.compile(bare, RE2JS.CASE_INSENSITIVE)
    if (compiled.programSize() > largestProgram) return { problem: 'This pattern is too large; repeat less in it.' }
    return { found: (text) => foundBy(compiled, text) }
  } catch (cause) {
    return { problem: patternRefusal(cause, bare) }
  }
}

function foundBy(compiled: RE2JS, text: string): string | undefined {
  const matcher = compiled.matcher(text.slice(0, longestMatched))
  if (!matcher.find()) return undefined
  return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? ''
}

const separators = ['|', '\t', ';', '\n', ',']
const mostPieces = 200

/** The pieces of `OK|123|45.00`: parted by the first of | tab ; line, comma that is in the text, else by spaces. */
function piecesOf(text: string): string[] {
  const separator = separators.find((mark) => text.includes(mark)) ?? /\s+/
  return text.slice(0, longestMatched).split(separator, mostPieces)
}

const number = /^\d{1,3}$/

/** In text a path is the number of a piece, from 0, or a pattern. */
export function compileTextPath(source: string): ((text: string) => string[]) | PathProblem {
  const trimmed = source.trim()
  if (number.test(trimmed)) return (text) => [piecesOf(text.trim())[Number(trimmed)] ?? '']
  return compilePatternPath(source)
}

export function compilePatternPath(source: string): ((text: string) => string[]) | PathProblem {
  const pattern = compileAnswerPattern(source.trim())
  if ('problem' in pattern) return pattern
  return (text) => {
    const found = pattern.found(text)
    return found === undefined ? [] : [found]
  }
}
