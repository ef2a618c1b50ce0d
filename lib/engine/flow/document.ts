import { catalogue, typeOfField } from '../fields/index'
import { appendedSteps } from '../names/appended'
import { componentsOf } from '../names/components'
import { labelOf, namesOf } from '../names/references'
import { variableTable } from '../names/variables'
import { FlowDocument } from '../schema'

/** One thing that a mapping may send or a rule may look at, for pickers. */
export type VariableChoice = {
  path: string
  type: string
  label: string
  group: string
  /** The step that appends it: only steps after that one can read it. */
  stepId?: string
}

const partWords = (part: string) =>
  part === 'valid' ? 'is valid' : part === 'raw' ? 'as sent' : part.replaceAll('_', ' ')

/**
 * Everything that templates of a flow may refer to: its fields, their parts, and the event's, source's and submission's
 * own values. `path` goes between `{{` and `}}`; paths that rules can't see are in the group "Event".
 */
export function variables(
  document: Pick<FlowDocument, 'fields'> & Partial<Pick<FlowDocument, 'steps'>>,
): VariableChoice[] {
  const groups = new Map(catalogue.map((field) => [field.name, field.group]))
  const chosen: VariableChoice[] = []
  for (const [name, { type, label }] of namesOf(document).fields) {
    chosen.push({ path: `lead.${name}`, type, label, group: groups.get(name) ?? 'Own fields' })
    for (const [part, kind] of Object.entries(componentsOf(type))) {
      chosen.push({
        path: `lead.${name}.${part}`,
        type: kind,
        label: `${label}: ${partWords(part)}`,
        group: 'Parts of fields',
      })
    }
  }
  if (!document.fields.some(({ name }) => name === 'source')) {
    chosen.push({ path: 'lead.source', type: 'string', label: 'Source', group: 'Source and flow' })
  }
  for (const [path, { kind, label, group }] of variableTable) chosen.push({ path, type: kind, label, group })
  return [...chosen, ...appendedChoices(document.steps ?? [])]
}

const appendedChoices = (steps: FlowDocument['steps']): VariableChoice[] =>
  [...appendedSteps(steps)].flatMap(([key, { stepId, name, values }]) =>
    [...values].map(([value, { label, kind }]) => ({
      path: `appended.${key}.${value}`,
      type: kind ?? 'string',
      label: `${name}: ${label}`,
      group: 'Earlier steps',
      stepId,
    })),
  )

const usualFields = [
  'first_name',
  'last_name',
  'email',
  'phone_1',
  'address_1',
  'city',
  'state',
  'postal_code',
  'ip_address',
  'trustedform_cert_url',
]

/** The document of a new flow: the fields of a contact, no steps, returns within 7 days. */
export function defaultDocument(): FlowDocument {
  const fields = usualFields.flatMap((name) => {
    const type = typeOfField(name)
    return type ? [{ name, type, label: labelOf(name) }] : []
  })
  return FlowDocument.parse({ fields })
}
