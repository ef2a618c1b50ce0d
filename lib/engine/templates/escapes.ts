import { formValue } from '../delivery/form-body'
import { cdataText, xmlText } from '../delivery/xml-text'
import { isBlank, textOf } from '../names/scope'

/** Where in a body a value is inserted, which says how it must be written there. */
export type Spot = 'text' | 'json' | 'json-string' | 'xml' | 'cdata' | 'form'

const inString = (value: unknown) => JSON.stringify(textOf(value)).slice(1, -1)

/** Writes a value so that it can't be taken for anything but a value. */
export const escapes: Record<Spot, (value: unknown) => string> = {
  text: textOf,
  json: (value) => (isBlank(value) ? 'null' : JSON.stringify(value)),
  'json-string': inString,
  xml: (value) => xmlText(textOf(value)).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  cdata: (value) => cdataText(textOf(value)),
  form: (value) => formValue(textOf(value)),
}

/** Follows a body's own text, to know where its next value stands. */
export type Follower = {
  spot: () => Spot
  read: (text: string) => void
  mark: () => unknown
  backTo: (mark: unknown) => void
}

function steady(spot: Spot): Follower {
  return { spot: () => spot, read: () => {}, mark: () => undefined, backTo: () => {} }
}

function inJson(): Follower {
  let quoted = false
  return {
    spot: () => (quoted ? 'json-string' : 'json'),
    read(text) {
      for (let at = 0; at < text.length; at++) {
        if (quoted && text[at] === '\\') at++
        else if (text[at] === '"') quoted = !quoted
      }
    },
    mark: () => quoted,
    backTo: (mark) => {
      quoted = mark === true
    },
  }
}

function inXml(): Follower {
  let cdata = false
  return {
    spot: () => (cdata ? 'cdata' : 'xml'),
    read(text) {
      const [opened, closed] = [text.lastIndexOf('<![CDATA['), text.lastIndexOf(']]>')]
      if (opened >= 0 || closed >= 0) cdata = opened > closed
    },
    mark: () => cdata,
    backTo: (mark) => {
      cdata = mark === true
    },
  }
}

export type BodyKind = 'json' | 'xml' | 'form' | 'text'

/** A follower for a body of a kind. */
export function followerOf(kind: BodyKind): Follower {
  if (kind === 'json') return inJson()
  return kind === 'xml' ? inXml() : steady(kind)
}
