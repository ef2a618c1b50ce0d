import type { RequestFormat, RequestMethod } from '@/lib/engine/schema'

type FormatWords = { label: string; hint: string; methods: readonly RequestMethod[] }

/** What each format is called, and the methods it goes by. */
export const formatWords: Record<RequestFormat, FormatWords> = {
  json: { label: 'JSON', hint: 'Properties, nested by dots', methods: ['POST', 'PUT', 'PATCH', 'DELETE'] },
  xml: { label: 'XML', hint: 'Elements and attributes', methods: ['POST', 'PUT', 'PATCH'] },
  form: { label: 'Form', hint: 'As a web form sends it', methods: ['POST', 'PUT', 'PATCH'] },
  query: { label: 'Query parameters', hint: 'In the address, by GET', methods: ['GET'] },
  soap11: { label: 'SOAP 1.1', hint: 'An operation of a web service', methods: ['POST'] },
  soap12: { label: 'SOAP 1.2', hint: 'An operation of a web service', methods: ['POST'] },
  text: { label: 'Text', hint: 'A body that you write', methods: ['POST', 'PUT', 'PATCH', 'DELETE'] },
}

/** How a destination of a format is named in a line: "POST · JSON". */
export const formatLine = (method: string, format: RequestFormat): string =>
  `${format === 'query' ? 'GET' : method} · ${formatWords[format].label}`

export const isSoapFormat = (format: RequestFormat): boolean => format === 'soap11' || format === 'soap12'

/** What the name of a mapping is, in a format. */
export const placeWords: Record<RequestFormat, { title: string; hint: string; example: string }> = {
  json: { title: 'Property', hint: 'Dots nest: contact.phone. Numbers make a list: tags.0, tags.1.', example: 'email' },
  xml: {
    title: 'Element',
    hint: 'Dots nest: contact.phone. End in .@id for an attribute, .#cdata for a CDATA section; numbers repeat an element: phone.0, phone.1.',
    example: 'contact.email',
  },
  form: {
    title: 'Parameter',
    hint: 'Brackets and dots stay as they are. Numbers at the end repeat it: tag.0, tag.1.',
    example: 'email',
  },
  query: {
    title: 'Parameter',
    hint: 'Parameters join those that the address has; one of the same name takes its place.',
    example: 'email',
  },
  soap11: {
    title: 'Argument',
    hint: 'Dots nest: Contact.Email. End in .@id for an attribute.',
    example: 'Contact.Email',
  },
  soap12: {
    title: 'Argument',
    hint: 'Dots nest: Contact.Email. End in .@id for an attribute.',
    example: 'Contact.Email',
  },
  text: { title: 'Value', hint: '', example: '' },
}
