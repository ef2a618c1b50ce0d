import { catalogue, displayValue, exampleOf, typeOfField } from '../fields/index'
import { appendedSteps } from '../names/appended'
import { componentsOf, keptAs } from '../names/components'
import { labelOf, namesOf } from '../names/references'
import { variableTable } from '../names/variables'
import { type FieldType, FlowDocument } from '../schema'

/** One thing that a mapping may send or a rule may look at, for pickers. */
export type VariableChoice = {
  path: string
  type: string
  label: string
  group: string
  /** A value it may have. */
  example?: string
  /** The step that appends it: only steps after that one can read it. */
  stepId?: string
}

const partWords = (part: string) =>
  part === 'valid' ? 'is valid' : part === 'raw' ? 'as sent' : part.replaceAll('_', ' ')

const textOf = (value: unknown) =>
  value === undefined || value === null || value === '' ? {} : { example: String(value) }

/** A field and its parts, each with what the field's example gives. */
export function fieldChoices(name: string, type: FieldType, label: string, group: string): VariableChoice[] {
  const value = exampleOf(name, type)
  const parts = Object.entries(componentsOf(type)).map(([part, kind]) => ({
    path: `lead.${name}.${part}`,
    type: kind,
    label: `${label}: ${partWords(part)}`,
    group: 'Parts of fields',
    ...textOf(value[keptAs(type, part)]),
  }))
  return [{ path: `lead.${name}`, type, label, group, ...textOf(displayValue(value)) }, ...parts]
}

/** What a variable that is no field may hold. */
const examples: Readonly<Record<string, string>> = {
  event_id: '0197f2a4-0000-7000-8000-000000000000',
  event_timestamp: '2026-01-15T14:02:11.031Z',
  price: '45',
  'lead.id': '0197f2a4-0000-7000-8000-000000000001',
  test_mode: 'false',
  is_test: 'false',
  random: '42',
  'submission.ip': '203.0.113.9',
  'submission.user_agent': 'Mozilla/5.0',
  'submission.timestamp': '2026-01-15T14:02:10.871Z',
  'source.name': 'Web form',
  'source.id': '0197a3c2-6d10-7a52-8e2b-1c9d8e7f6a5b',
  'flow.name': 'Insurance Leads',
  'flow.id': '0197a3c2-5b7e-7c41-9d0f-6a1e2b3c4d5e',
  'now.hour': '14',
  'now.time': '14:02',
  'now.weekday': 'Thu',
  'now.date': '2026-01-15',
}

/** A variable that is no field of the lead, as pages and the documentation show it. */
export type StandingVariable = VariableChoice & { inRules: boolean; needsShared?: string }

/** Everything but the lead's fields that templates, and most of it rules, may refer to. */
export const standingVariables = (): StandingVariable[] =>
  [...variableTable].map(([path, { kind, label, group, inRules, needsShared }]) => ({
    path,
    type: kind,
    label,
    group,
    inRules,
    ...(needsShared !== undefined && { needsShared }),
    ...textOf(examples[path]),
  }))

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
    chosen.push(...fieldChoices(name, type, label, groups.get(name) ?? 'Own fields'))
  }
  if (!document.fields.some(({ name }) => name === 'source')) {
    chosen.push({ path: 'lead.source', type: 'string', label: 'Source', group: 'Source and flow' })
  }
  for (const { inRules: _, needsShared: __, ...variable } of standingVariables()) chosen.push(variable)
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
