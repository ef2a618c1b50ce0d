import { Parser } from 'htmlparser2'

/**
 * An element or a piece of text. Nodes stand in the order of the document, so all that is inside of one follows it, up
 * to `end`. `place` counts the elements of one parent from 1, `placeOfName` those of the same name.
 */
export type MarkupNode = {
  parent: number
  end: number
  name: string
  attributes: Readonly<Record<string, string>>
  text: string | undefined
  place: number
  placeOfName: number
  isLast: boolean
}

/** An XML or HTML document; node 0 is the document itself. */
export type Markup = readonly MarkupNode[]

/** What stands deeper is hung up here, so that looking through a document stays linear in its size. */
const deepest = 100

/** Nothing is read past so many open elements: no answer means them, and they cost the square of their number. */
const mostOpen = 1_000

/** Namespaces are looked past: `soap:Body` is `Body`. */
const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const noAttributes: Readonly<Record<string, string>> = {}

const aNode = (parent: number, at: number, more: Partial<MarkupNode>): MarkupNode => ({
  parent,
  end: at,
  name: '',
  attributes: noAttributes,
  text: undefined,
  place: 0,
  placeOfName: 0,
  isLast: false,
  ...more,
})

type Level = { at: number; places: number; names: Map<string, number>; last: number }

class Builder {
  readonly nodes: MarkupNode[] = [aNode(-1, 0, {})]
  private readonly levels: Level[] = [{ at: 0, places: 0, names: new Map(), last: -1 }]
  /** How many open elements are hung up at the deepest level. */
  private beyond = 0

  private readonly isXml: boolean
  constructor(isXml: boolean) {
    this.isXml = isXml
  }

  private get level(): Level {
    return this.levels.at(-1) as Level
  }

  get isTooDeep(): boolean {
    return this.beyond + this.levels.length > mostOpen
  }

  open(tag: string, attribs: Record<string, string>): void {
    const { level, nodes } = this
    const name = this.isXml ? localName(tag) : tag
    const ofName = (level.names.get(name) ?? 0) + 1
    level.names.set(name, ofName)
    level.places++
    level.last = nodes.length
    const attributes = this.attributesOf(attribs)
    nodes.push(aNode(level.at, nodes.length, { name, attributes, place: level.places, placeOfName: ofName }))
    if (this.levels.length > deepest) this.beyond++
    else this.levels.push({ at: nodes.length - 1, places: 0, names: new Map(), last: -1 })
  }

  private attributesOf(attribs: Record<string, string>): Readonly<Record<string, string>> {
    const entries = Object.entries(attribs)
    if (entries.length === 0) return noAttributes
    const local = this.isXml ? entries.map(([name, value]): [string, string] => [localName(name), value]) : []
    return Object.fromEntries([...local, ...entries])
  }

  text(data: string): void {
    const before = this.nodes.at(-1)
    const { at } = this.level
    if (before?.text !== undefined && before.parent === at) before.text += data
    else this.nodes.push(aNode(at, this.nodes.length, { text: data }))
  }

  close(): void {
    if (this.beyond > 0) this.beyond--
    else if (this.levels.length > 1) this.seal()
  }

  private seal(): void {
    const level = this.levels.pop()
    const last = level && this.nodes[level.last]
    if (last) last.isLast = true
    const node = level && this.nodes[level.at]
    if (node) node.end = this.nodes.length - 1
  }

  finish(): Markup {
    this.beyond = 0
    while (this.levels.length > 0) this.seal()
    return this.nodes
  }
}

/**
 * Reads XML or HTML as it comes, mended where it is broken. There are no DTDs and no entities but the usual ones: what a
 * document declares is not looked at.
 */
export function readMarkup(text: string, isXml: boolean): Markup {
  const builder = new Builder(isXml)
  const parser = new Parser(
    {
      onopentag(name, attribs) {
        builder.open(name, attribs)
        if (builder.isTooDeep) parser.pause()
      },
      ontext: (data) => builder.text(data),
      onclosetag: () => builder.close(),
    },
    { xmlMode: isXml, decodeEntities: true },
  )
  parser.end(text)
  return builder.finish()
}

const longestValue = 2_000

/** All text inside of a node, of which a value is made; at most 2,000 characters. */
export function textIn(markup: Markup, at: number): string {
  const node = markup[at]
  if (!node) return ''
  if (node.text !== undefined) return node.text.slice(0, longestValue)
  let text = ''
  for (let next = at + 1; next <= node.end && text.length < longestValue; next++) text += markup[next]?.text ?? ''
  return text.slice(0, longestValue)
}
