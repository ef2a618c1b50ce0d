/** A field of a shape. `shape` names the shape it is made of, which stands further down the page. */
export type FieldRow = {
  name: string
  type: string
  required: boolean
  notes: string[]
  description?: string
  shape?: string
  children?: FieldRow[]
}

/** What a body or an answer is made of: fields, one of several, or something simpler in words. */
export type Shape = {
  fields: FieldRow[]
  either: { label: string; shape?: string; fields: FieldRow[] }[]
  words?: string
  name?: string
}

export type Parameter = FieldRow & { in: 'path' | 'query' | 'header' }
/** `shownAt`: an earlier call has the example of this shape already. */
export type AnswerView = {
  status: string
  description: string
  shape?: Shape
  example?: unknown
  shownAt?: { id: string; summary: string }
}

export type Call = {
  id: string
  method: string
  path: string
  summary: string
  description?: string
  key: 'needed' | 'optional' | 'source' | 'none'
  parameters: Parameter[]
  body?: { required: boolean; types: string[]; shape: Shape; example?: unknown }
  answers: AnswerView[]
  curl: string
}

export type Group = { name: string; anchor: string; description: string; calls: Call[] }
export type NamedShape = { name: string; description?: string; shape: Shape }
