import { RE2JS } from 're2js'
import { patternRefusal } from '../pattern-refusal'
import { longestText } from './filters'

const largestProgram = 1_000

/** A pattern in RE2 syntax, which takes time in line with the length of the text; letter case matters. */
export type Expression = {
  replace: (text: string, replacement: string) => string
  /** The first group, or all of the first match; undefined without one. */
  extract: (text: string) => string | undefined
}

/** Compiles a pattern of a user, or says in words why it is refused. */
export function compileExpression(source: string): Expression | { problem: string } {
  try {
    const compiled = RE2JS.compile(source)
    if (compiled.programSize() > largestProgram) return { problem: 'This pattern is too large; repeat less in it.' }
    return {
      replace(text, replacement) {
        const replaced = compiled.matcher(text.slice(0, longestText)).replaceAll(replacement)
        if (replaced.length > longestText) throw new RangeError('A value became too long.')
        return replaced
      },
      extract(text) {
        const matcher = compiled.matcher(text.slice(0, longestText))
        if (!matcher.find()) return undefined
        return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? undefined
      },
    }
  } catch (cause) {
    return { problem: patternRefusal(cause, source) }
  }
}
