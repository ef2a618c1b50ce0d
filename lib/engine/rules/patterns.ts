import { RE2JS } from 're2js'
import { patternRefusal } from '../pattern-refusal'

/** A regular expression in RE2 syntax: linear in the length of the text, letter case aside, found anywhere in it. */
export type Pattern = { source: string; test: (text: string) => boolean }

const longestPattern = 500
const largestProgram = 1_000
const longestText = 2_000

const advice = (source: string) => (/^[*?+]/.test(source) ? ' To write * for any text, choose “is like”.' : '')

/** Compiles a pattern of a user, or says in words why it is refused. */
export function compilePattern(source: string): Pattern | { problem: string } {
  if (source === '') return { problem: 'Write the pattern to look for.' }
  if (source.length > longestPattern) return { problem: `A pattern has at most ${longestPattern} characters.` }
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    if (compiled.programSize() > largestProgram) return { problem: 'This pattern is too large; repeat less in it.' }
    return { source, test: (text) => compiled.test(text.length > longestText ? text.slice(0, longestText) : text) }
  } catch (cause) {
    return { problem: `${patternRefusal(cause, source)}${advice(source)}` }
  }
}

/** A pattern for the whole text, in which `*` stands for any text and `?` for one character. */
export function compileGlob(source: string): Pattern | { problem: string } {
  const escaped = source.replace(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
  const compiled =
    source === '' ? undefined : compilePattern(`(?s)^${escaped.replace(/\*+/g, '.*').replaceAll('?', '.')}$`)
  if (!compiled) return { problem: 'Write a pattern, like *@example.com.' }
  return 'problem' in compiled ? { problem: 'This pattern is too long.' } : { ...compiled, source }
}
