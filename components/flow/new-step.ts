import type { BuyerStep, FlowDocument, Step } from '@/lib/engine/schema'
import { newFilter, newInvitedBuyer, newMailBuyer, newManualBuyer } from './draft-document'

type Given = { id: string; name: string; url: string; addresses: string[] }
type Method = BuyerStep['connection']['method']

function newBuyer(method: Method, { id, name, url, addresses }: Given, fields: FlowDocument['fields']): BuyerStep {
  if (method === 'manual') return newManualBuyer(id, name, url, fields)
  return method === 'email' ? newMailBuyer(id, name, addresses) : newInvitedBuyer(id, name, fields)
}

/** By what people are told apart, as far as the flow has it: email and phone, else its first field. */
function personFields(fields: FlowDocument['fields']): string[] {
  const contacts = ['email', 'phone_1'].filter((name) => fields.some((field) => field.name === name))
  return contacts.length > 0 ? contacts : fields.slice(0, 1).map(({ name }) => name)
}

const phoneFirst = (names: string[]) => names.filter((name) => name !== 'email' || names.length === 1)

/** A new step of any kind, with what most people would set first. */
export function newStep(type: Step['type'], method: Method, given: Given, fields: FlowDocument['fields']): Step {
  const { id, name, url } = given
  switch (type) {
    case 'buyer':
      return newBuyer(method, given, fields)
    case 'filter':
      return newFilter(id, name)
    case 'mapping':
      return { id, type, name, set: {} }
    case 'distribution':
      return { id, type, name, strategy: 'priority', sell_to: 1, buyers: [] }
    case 'lookup':
      return {
        id,
        type,
        name,
        endpoint: { url, method: 'POST', auth: { type: 'none' }, headers: {} },
        request: {
          format: 'json',
          mappings: Object.fromEntries(personFields(fields).map((field) => [field, `{{lead.${field}}}`])),
        },
        response: { success_codes: [200, 201, 202, 204] },
        timeout_seconds: 10,
        on_failure: 'continue',
      }
    case 'duplicate_check':
      return {
        id,
        type,
        name,
        fields: personFields(fields),
        match: 'any',
        window_days: 30,
        scope: 'flow',
        against: 'received',
        on_match: 'stop',
        outcome: 'failure',
        reason: 'Duplicate',
      }
    case 'suppression':
      return {
        id,
        type,
        name,
        list_id: '',
        fields: phoneFirst(personFields(fields)),
        on_match: 'stop',
        outcome: 'failure',
        reason: 'Suppressed',
      }
  }
}
