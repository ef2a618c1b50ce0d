import type { Names, Reference } from '../names/references'
import type { Scope } from '../names/scope'
import { asciiText } from './ascii'
import { type BodyKind, escapes, type Follower, followerOf } from './escapes'
import { type Compiling, refer, type TemplateProblem } from './index'
import { insertedAt, isOutput, isText, parseTemplate, renderBody, tokensOf } from './liquid'

const longestBody = 200_000

/** A body that is written as one template, made ready. */
export type CompiledBody = {
  /** The body and the values in it that may not be kept in clear; undefined when it can't be made. */
  render: (scope: Scope) => { body: string; masked: string[] } | undefined
  problems: TemplateProblem[]
  references: Reference[]
}

const isRaw = (output: string) => /\|\s*raw\s*-?\}\}$/.test(output)
const tagWord = (tag: string) => /^\{%-?\s*(\w+)/.exec(tag)?.[1] ?? ''

/** Each branch of a condition goes on from where the condition began. */
function followTag(tag: string, follower: Follower, marks: unknown[]): void {
  const word = tagWord(tag)
  if (word === 'if' || word === 'unless' || word === 'case') marks.push(follower.mark())
  else if (word.startsWith('end')) marks.pop()
  else follower.backTo(marks.at(-1))
}

function isMasked(output: string, to: Compiling): boolean {
  const parsed = parseTemplate(output)
  return 'paths' in parsed && parsed.paths.some((segments) => refer(segments, to).masked)
}

/** The text between values, read on; in ASCII it is still the same document. */
function ownText(text: string, ascii: boolean, follower: Follower): string {
  if (!ascii) {
    follower.read(text)
    return text
  }
  let written = ''
  for (const piece of text.split(/([^\0-\x7f])/u)) {
    const isBeyond = /^[^\0-\x7f]/u.test(piece)
    written += isBeyond ? escapes[follower.spot()](asciiText(piece)) : piece
    if (!isBeyond) follower.read(piece)
  }
  return written
}

function withInsertions(source: string, kind: BodyKind, ascii: boolean, to: Compiling): string {
  const follower = followerOf(kind)
  const marks: unknown[] = []
  let written = ''
  for (const token of tokensOf(source)) {
    const text = source.slice(token.begin, token.end)
    if (isText(token)) {
      written += ownText(text, ascii, follower)
    } else if (isOutput(token)) {
      written += isRaw(text) ? text : insertedAt(text, follower.spot(), ascii, isMasked(text, to))
    } else {
      followTag(text, follower, marks)
      written += text
    }
  }
  return written
}

/**
 * Makes a body's template ready. A value is escaped for where it stands (between the quotes of JSON, in a CDATA section
 * …) unless it ends in `| raw`; in JSON outside of quotes it keeps its type.
 */
export function compileBody(source: string, kind: BodyKind, ascii: boolean, names: Names): CompiledBody {
  const to: Compiling = { names, problems: [], references: new Map() }
  const given = parseTemplate(source)
  if ('problem' in given) {
    return { render: () => undefined, problems: [{ severity: 'error', message: given.problem }], references: [] }
  }
  for (const segments of given.paths) refer(segments, to)
  const parsed = parseTemplate(withInsertions(source, kind, ascii, to))
  const { problems, references } = to
  return {
    render: (scope) => ('problem' in parsed ? undefined : renderBody(parsed, references, scope, longestBody)),
    problems,
    references: [...references.values()],
  }
}
