import type { Request, RequestFormat } from '../schema'
import type { BodyKind } from '../templates/escapes'

type Shape = {
  contentType: string
  accept: string
  /** What a Content-Type of one's own must look like. */
  family: RegExp
  words: string
  kind: BodyKind
}

const anything = 'application/json, text/xml;q=0.9, application/xml;q=0.8, text/html;q=0.7, text/plain;q=0.6, */*;q=0.1'
const form: Shape = {
  contentType: 'application/x-www-form-urlencoded; charset=utf-8',
  accept: anything,
  family: /^application\/x-www-form-urlencoded(?:\s*;|$)/i,
  words: 'application/x-www-form-urlencoded',
  kind: 'form',
}

const shapes: Record<RequestFormat, Shape> = {
  json: {
    contentType: 'application/json; charset=utf-8',
    accept: 'application/json',
    family: /json/i,
    words: 'JSON, like application/json',
    kind: 'json',
  },
  xml: {
    contentType: 'text/xml; charset=utf-8',
    accept: 'text/xml, application/xml;q=0.9, */*;q=0.1',
    family: /xml/i,
    words: 'XML, like text/xml or application/xml',
    kind: 'xml',
  },
  form,
  query: { ...form, contentType: '', family: /^$/, words: 'left out: a GET request has no body' },
  soap11: {
    contentType: 'text/xml; charset=utf-8',
    accept: 'text/xml, application/xml;q=0.9, */*;q=0.1',
    family: /^text\/xml(?:\s*;|$)/i,
    words: 'text/xml',
    kind: 'xml',
  },
  soap12: {
    contentType: 'application/soap+xml; charset=utf-8',
    accept: 'application/soap+xml, text/xml;q=0.9, */*;q=0.1',
    family: /^application\/soap\+xml(?:\s*;|$)/i,
    words: 'application/soap+xml',
    kind: 'xml',
  },
  text: {
    contentType: 'text/plain; charset=utf-8',
    accept: anything,
    family: /^(?!multipart\/)[\w.+-]+\/[\w.+-]+/i,
    words: 'a media type like text/plain',
    kind: 'text',
  },
}

const csv: Shape = {
  ...shapes.json,
  contentType: 'text/csv; charset=utf-8',
  accept: anything,
  family: /csv/i,
  words: 'CSV, like text/csv',
}

/** True where the body goes as text into one parameter of a form. */
export const isWrapped = ({ format, parameter }: Pick<Request, 'format' | 'parameter'>): boolean =>
  parameter !== undefined && parameter.trim() !== '' && (format === 'json' || format === 'xml' || format === 'text')

/** How the body of a request is declared, and what a Content-Type of one's own may be. */
export function shapeOf(request: Pick<Request, 'format' | 'parameter' | 'batch'>): Shape {
  if (isWrapped(request)) return form
  return request.batch?.csv && request.format === 'json' ? csv : shapes[request.format]
}

/** How values are escaped in a body that is written as a template. */
export const bodyKindOf = (format: RequestFormat): BodyKind => shapes[format].kind

export const isSoap = (format: RequestFormat): format is 'soap11' | 'soap12' =>
  format === 'soap11' || format === 'soap12'

/** The method that goes over the line: parameters in the address are always asked for by GET. */
export const methodOf = <Method extends string>(format: RequestFormat, method: Method): Method | 'GET' =>
  format === 'query' ? 'GET' : method
