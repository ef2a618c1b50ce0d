import type { Names, Reference } from '../names/references'
import { type Read, type Scope, textOf } from '../names/scope'
import { asciiText, asciiValue } from './ascii'
import { type BodyKind, escapes, type Follower, followerOf, type Spot } from './escapes'
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

/** A part of a body: text or a tag as it stands, or a value that is inserted. */
type Piece = { written: string; isTag?: true } | { output: string; spot: Spot; masked: boolean }

function piecesOf(source: string, kind: BodyKind, ascii: boolean, to: Compiling): Piece[] {
  const follower = followerOf(kind)
  const marks: unknown[] = []
  return tokensOf(source).map((token): Piece => {
    const text = source.slice(token.begin, token.end)
    if (isText(token)) return { written: ownText(text, ascii, follower) }
    if (isOutput(token)) {
      const spot = isRaw(text) ? 'text' : follower.spot()
      return { output: text, spot, masked: isMasked(text, to) }
    }
    followTag(text, follower, marks)
    return { written: text, isTag: true }
  })
}

type Render = CompiledBody['render']
type Insertion = { written: string } | { read: Read; spot: Spot; masked: boolean }

const lonePath = /^\{\{\s*([A-Za-z_]\w*(?:\.\w+)*)\s*(?:\|\s*raw\s*)?\}\}$/

/** Bodies of text and plain references, the usual kind, are joined without Liquid, which costs many times as much. */
function joined(pieces: readonly Piece[], ascii: boolean, to: Compiling): Render | undefined {
  const insertions: Insertion[] = []
  for (const piece of pieces) {
    if ('written' in piece) {
      if (piece.isTag) return undefined
      insertions.push(piece)
      continue
    }
    const path = lonePath.exec(piece.output)?.[1]
    const reference = path === undefined ? undefined : to.references.get(path)
    if (!reference) return undefined
    insertions.push({ read: reference.read, spot: piece.spot, masked: piece.masked })
  }
  return (scope) => inserted(insertions, ascii, scope)
}

function inserted(insertions: readonly Insertion[], ascii: boolean, scope: Scope): ReturnType<Render> {
  let body = ''
  const masked: string[] = []
  for (const one of insertions) {
    if ('written' in one) {
      body += one.written
      continue
    }
    const value = one.read(scope)
    if (one.masked) masked.push(textOf(value))
    body += escapes[one.spot](ascii ? asciiValue(value) : value)
  }
  return body.length > longestBody ? undefined : { body, masked }
}

function byLiquid(pieces: readonly Piece[], ascii: boolean, to: Compiling): Render {
  const written = pieces.map((piece) =>
    'written' in piece ? piece.written : insertedAt(piece.output, piece.spot, ascii, piece.masked),
  )
  const parsed = parseTemplate(written.join(''))
  return (scope) => ('problem' in parsed ? undefined : renderBody(parsed, to.references, scope, longestBody))
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
  const pieces = piecesOf(source, kind, ascii, to)
  return {
    render: joined(pieces, ascii, to) ?? byLiquid(pieces, ascii, to),
    problems: to.problems,
    references: [...to.references.values()],
  }
}
