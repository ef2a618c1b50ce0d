import type { ParserType } from '../schema'
import { type Markup, readMarkup } from './markup'

/** What an answer's body holds, read as one kind. `problem` says why it is not of that kind. */
export type AnswerBody = {
  kind: ParserType
  text: string
  json?: unknown
  markup?: Markup
  problem?: string
}

/** The kind that a content type names, if it is one that has paths of its own. */
export function kindOfType(contentType: string | undefined): ParserType | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (/[/+]json$/.test(type)) return 'json'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (/[/+]xml$/.test(type)) return 'xml'
  return type === 'text/plain' ? 'text' : undefined
}

/** The kind of a body that no parser and no content type of ours names: by its looks, whatever its header claims. */
export function kindOfText(text: string, header: string | undefined): ParserType {
  const start = text.trimStart()
  if (/^[[{"]/.test(start)) return 'json'
  if (/^<(?:!doctype\s+html|html)\b/i.test(start)) return 'html'
  if (start.startsWith('<')) return kindOfType(header) === 'html' ? 'html' : 'xml'
  const told = kindOfType(header)
  return told === undefined || told === 'xml' || told === 'html' ? 'text' : told
}

const parsed = (text: string): { json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

/** JSON as some servers wrap it: `)]}'` before it, a call around it (JSONP), or `<string>` (an .NET web service). */
function unwrapped(text: string): string | undefined {
  const guarded = /^\)\]\}',?\s*/.exec(text)?.[0]
  if (guarded !== undefined) return text.slice(guarded.length)
  const call = /^[\w$.]{1,100}\s*\(/.exec(text)?.[0]
  if (call !== undefined) return text.slice(call.length).replace(/\)\s*;?$/, '')
  const head = /^(?:<\?xml[^>]{0,200}\?>\s*)?<string\b[^>]{0,200}>/.exec(text)?.[0]
  const tail = text.lastIndexOf('</string>')
  if (head === undefined || tail < head.length) return undefined
  return text.slice(head.length, tail).replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity)
}

/** JSON that is a text with JSON in it is what the text holds. */
function unquoted(json: unknown): unknown {
  if (typeof json !== 'string' || !/^\s*[[{]/.test(json)) return json
  return parsed(json)?.json ?? json
}

function jsonBody(text: string): AnswerBody {
  const inner = parsed(text) ?? parsed(unwrapped(text) ?? '')
  return inner
    ? { kind: 'json', text, json: unquoted(inner.json) }
    : { kind: 'json', text, problem: 'The answer is not JSON.' }
}

/** Reads a body as one kind. Never throws; what it is not of that kind is its problem. */
export function readBody(kind: ParserType, body: string): AnswerBody {
  const text = body.replace(/^\ufeff/, '').trim()
  const words = kind === 'text' || kind === 'regex' ? 'text' : kind.toUpperCase()
  if (text === '') return { kind, text, problem: `The answer is empty, where ${words} was expected.` }
  if (kind === 'json') return jsonBody(text)
  if (kind === 'text' || kind === 'regex') return { kind, text }
  if (!text.startsWith('<') && kind === 'xml') return { kind, text, problem: 'The answer is not XML.' }
  const markup = readMarkup(text, kind === 'xml')
  return markup.length > 1 ? { kind, text, markup } : { kind, text, problem: `The answer is not ${words}.` }
}
