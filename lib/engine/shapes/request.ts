import { z } from 'zod'
import { Rule } from './rules'
import { secretText } from './secrets'
import { Transform } from './transform'

export const requestFormats = ['json', 'xml', 'form', 'query', 'soap11', 'soap12', 'text'] as const
export type RequestFormat = (typeof requestFormats)[number]
export const requestMethods = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'] as const
export type RequestMethod = (typeof requestMethods)[number]

const Template = z.union([z.string().max(4000), z.number(), z.boolean()])

/** A value alone, or with a condition, changes, and its own word on being left out when it is empty. */
export const MappingValue = z.union([
  Template,
  z.strictObject({
    value: Template,
    when: Rule.optional(),
    transform: z.array(Transform).max(20).optional(),
    omit_when_empty: z.boolean().optional(),
  }),
])
export type MappingValue = z.infer<typeof MappingValue>
/** A mapping with all that may be said of it written out. */
export type MappingParts = Exclude<MappingValue, string | number | boolean>

export const Mappings = z.record(z.string().min(1).max(200), MappingValue)
export type Mappings = z.infer<typeof Mappings>

/** The long form of a mapping. */
export const mappingParts = (mapping: MappingValue): MappingParts =>
  typeof mapping === 'object' ? mapping : { value: mapping }

const Soap = z.strictObject({
  /** `SOAPAction` of 1.1, `action` of 1.2's Content-Type. */
  action: z.string().max(500).optional(),
  /** The element that stands in the body, around what is mapped. */
  operation: z.string().max(200).optional(),
  namespace: z.string().max(500).optional(),
  /** With one only the operation is in the namespace; without one all that is below it is, too. */
  prefix: z.string().max(50).optional(),
  /** Elements of the SOAP header, by path. */
  headers: Mappings.optional(),
  security: z
    .strictObject({
      username: z.string().min(1).max(200),
      password: secretText('Password', { asTyped: true }),
      digest: z.boolean().optional(),
    })
    .optional(),
  /** Arguments that the service takes as text: what is mapped below one is sent as XML in that text. */
  text_arguments: z.array(z.string().max(200)).max(200).optional(),
  wsdl_url: z.string().max(2000).optional(),
})

/** Leads are collected, for so many minutes or until there are so many, and go out in one request. */
export const Batch = z.strictObject({
  minutes: z
    .int('Give whole minutes.')
    .min(1, 'At least one minute.')
    .max(1_440, 'At most 1,440 minutes, which is a day.'),
  leads: z.int('Give a whole number.').min(2, 'At least 2 leads.').max(1_000, 'At most 1,000 leads.'),
  /** Instead of a list: one line for each lead, below a line of names. */
  csv: z.boolean().optional(),
  /** Where in JSON the list stands, without one it is the whole body; in XML the element around it. */
  name: z.string().max(200).optional(),
  /** A body of one's own around `{{leads}}`; it also knows `{{batch_id}}`, `{{batch_size}}` and `{{event_timestamp}}`. */
  envelope: z.string().max(20_000).optional(),
})
export type Batch = z.infer<typeof Batch>

export const Request = z.strictObject({
  format: z.enum(requestFormats).default('json'),
  /** The whole body as a template. Values are escaped for the format unless `| raw` follows; mappings are not used. */
  body: z.string().max(50_000).optional(),
  mappings: Mappings.default({}),
  conditional_mappings: z
    .array(z.strictObject({ condition: Rule, mappings: Mappings }))
    .max(50)
    .optional(),
  omit_when_empty: z.boolean().optional(),
  /** Letters and signs beyond ASCII become their nearest ones: É is E, ß is ss. */
  ascii: z.boolean().optional(),
  /** Name of the root element of XML, with attributes where it has some: `lead xmlns="urn:x" version="1"`. */
  root: z.string().max(1000).optional(),
  /** JSON or XML goes as text into the form parameter of this name, and `parameters` beside it. */
  parameter: z.string().max(200).optional(),
  parameters: Mappings.optional(),
  /** Several values of one form or query parameter: a=1&a=2, a[]=1&a[]=2, a[0]=1&a[1]=2 or a=1,2. */
  lists: z.enum(['repeat', 'brackets', 'indexes', 'commas']).optional(),
  /** False sends names of form and query parameters with their brackets as they are. */
  encode_names: z.boolean().optional(),
  soap: Soap.optional(),
  batch: Batch.optional(),
})
export type Request = z.infer<typeof Request>
