import { z } from '@hono/zod-openapi'
import { findOperations } from '../../delivery/index'
import { WsdlInput } from '../../delivery/schema'
import { endpoint } from './endpoint'
import { reply } from './reply'
import { newApi } from './router'
import { named } from './shapes/common'

const Argument = z.strictObject({
  path: z.string().openapi({ description: 'The name of a mapping that fills it.' }),
  type: z.string(),
  required: z.boolean(),
  many: z.boolean(),
  values: z.array(z.string()).optional(),
})

const Operations = named(
  'WsdlOperations',
  z.strictObject({
    operations: z.array(
      z.strictObject({
        name: z.string(),
        element: z.string(),
        version: z.enum(['soap11', 'soap12']),
        action: z.string(),
        namespace: z.string(),
        style: z.enum(['document', 'rpc']),
        qualified: z.boolean().openapi({ description: 'False: the request needs a `soap.prefix`.' }),
        url: z.string().optional(),
        arguments: z.array(Argument),
      }),
    ),
  }),
)

const readWsdlRoute = endpoint({
  method: 'post',
  path: '/wsdl',
  id: 'readWsdl',
  tag: 'Destinations',
  summary: 'Read a WSDL',
  description:
    'The SOAP operations that a WSDL 1.1 offers, each with what `request.soap` and its mappings need. Give its address, which is fetched with what it imports, or its text. Nothing is saved.',
  body: named('ReadWsdl', WsdlInput),
  example: { url: 'https://crm.coastal.example/leads.asmx?wsdl' },
  answer: {
    status: 200,
    description: 'The operations.',
    schema: Operations,
    example: {
      operations: [
        {
          name: 'AddLead',
          element: 'AddLead',
          version: 'soap11',
          action: 'urn:leads/AddLead',
          namespace: 'urn:leads',
          style: 'document',
          qualified: true,
          url: 'https://crm.coastal.example/leads.asmx',
          arguments: [{ path: 'Contact.Email', type: 'string', required: true, many: false }],
        },
      ],
    },
  },
})

export const wsdlApi = newApi()

wsdlApi.openapi(readWsdlRoute, async (c) => reply(c, await findOperations(c.var.actor, c.req.valid('json'))))
