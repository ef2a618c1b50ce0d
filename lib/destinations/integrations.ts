import { Auth, type DestinationConfig } from '../engine/index'
import { sandboxResponse, urlOfSettings } from './sandbox'
import type { IntegrationView } from './schema'

const starterMappings: DestinationConfig['request']['mappings'] = {
  lead_id: '{{event_id}}',
  first_name: '{{lead.first_name}}',
  last_name: '{{lead.last_name}}',
  email: '{{lead.email}}',
  phone: '{{lead.phone_1}}',
}

const webhook: DestinationConfig = {
  endpoint: { url: 'https://', method: 'POST', auth: { type: 'none' }, headers: {} },
  request: { format: 'json', mappings: starterMappings },
  response: { success_codes: [200, 201, 202, 204] },
  required_fields: [],
}

/** Configuration of a sandbox destination before its owner maps anything else. */
export const sandboxStarter = (): DestinationConfig => ({
  endpoint: { url: urlOfSettings({ mode: 'accept' }), method: 'POST', auth: { type: 'none' }, headers: {} },
  request: { format: 'json', mappings: starterMappings },
  response: sandboxResponse,
  required_fields: [],
})

/** A destination by mail has no endpoint: this one can be reached by nobody (RFC 2606), should anything ever try. */
export const mailConfig = (email: NonNullable<DestinationConfig['email']>): DestinationConfig => ({
  endpoint: { url: 'https://email.invalid/', method: 'POST', auth: { type: 'none' }, headers: {} },
  request: { format: 'json', mappings: {} },
  response: { success_codes: [200] },
  required_fields: [],
  email,
})

/** The kinds of destination there are, each with what its form begins with. */
export const listIntegrations = (): IntegrationView[] => [
  {
    id: 'webhook',
    name: 'Webhook',
    description:
      'Sends each lead to an address of yours as JSON, XML, a form, query parameters, SOAP or a body that you write, and reads your answer.',
    needsUrl: true,
    auth: Auth.options.map(({ shape }) => shape.type.value),
    starter: webhook,
  },
  {
    id: 'email',
    name: 'Email',
    description: 'Mails each lead to one or more addresses of yours, with all its fields.',
    needsUrl: false,
    auth: ['none'],
    starter: mailConfig({ to: [] }),
  },
  {
    id: 'sandbox',
    name: 'Sandbox buyer',
    description:
      'A buyer inside Baton that does as it is told: accepts, rejects, names a price, takes its time or fails.',
    needsUrl: false,
    auth: ['none'],
    starter: sandboxStarter(),
  },
]
