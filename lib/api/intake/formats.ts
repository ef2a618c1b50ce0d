import type { Tree } from '../../runs/index'

export type Format = 'json' | 'xml' | 'text'
type Negotiated = { format: Format; contentType: string }

const json: Negotiated = { format: 'json', contentType: 'application/json; charset=utf-8' }
const offers: Record<string, Negotiated> = {
  '*/*': json,
  'application/*': json,
  'application/json': json,
  'application/xml': { format: 'xml', contentType: 'application/xml; charset=utf-8' },
  'text/xml': { format: 'xml', contentType: 'text/xml; charset=utf-8' },
  'text/*': { format: 'text', contentType: 'text/plain; charset=utf-8' },
  'text/plain': { format: 'text', contentType: 'text/plain; charset=utf-8' },
}

/** The format an Accept header asks for, the most wanted first; JSON when it is missing. `undefined`: none can be met (406). */
export function negotiate(accept: string | undefined): Negotiated | undefined {
  if (!accept?.trim()) return json
  const wanted = accept
    .split(',')
    .map((range, index) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return { type, index, q: q === undefined ? 1 : Number(q.slice(2)) || 0 }
    })
    .filter(({ type, q }) => q > 0 && offers[type])
    .sort((a, b) => b.q - a.q || a.index - b.index)
  return wanted[0] && offers[wanted[0].type]
}

const xmlEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => xmlEscapes[character] ?? character)
/** Element names can't hold everything a field name may. */
const elementName = (name: string) => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : `_${name.replace(/[^\w.-]/g, '_')}`)

function elements(tree: Tree, indent: string): string {
  return Object.entries(tree)
    .map(([key, value]) => {
      const name = elementName(key)
      if (typeof value !== 'object') return `${indent}<${name}>${escapeXml(String(value))}</${name}>`
      return `${indent}<${name}>\n${elements(value, `${indent}  `)}\n${indent}</${name}>`
    })
    .join('\n')
}

/** `<result>` with children, indented by two, LF, no newline at the end (`api.md` §1). */
export const toXml = (tree: Tree, declaration: string): string =>
  `${declaration}\n<result>\n${elements(tree, '  ')}\n</result>`

function lines(tree: Tree, prefix: string): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    // A value with line breaks would otherwise read as further fields.
    typeof value === 'object'
      ? lines(value, `${prefix}${key}.`)
      : `${prefix}${key}: ${String(value).replace(/\s*[\r\n]+\s*/g, ' ')}`,
  )
}

/** `name: value` lines with dotted names. */
export const toText = (tree: Tree): string => lines(tree, '').join('\n')

/** Writes an answer in the negotiated format. */
export function write(format: Format, tree: Tree, xmlDeclaration: string): string {
  if (format === 'json') return JSON.stringify(tree)
  return format === 'xml' ? toXml(tree, xmlDeclaration) : toText(tree)
}
