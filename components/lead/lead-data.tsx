import { Badge } from '../ui/badge'
import { Card } from '../ui/card'
import { type Fact, Facts } from '../ui/facts'

/** A field for the page: `value` in normal form, `raw` as it came where that reads differently. */
export type LeadField = {
  name: string
  label: string
  type: string
  value: string
  raw?: string
  /** What it was when the lead came in, where a step has set it since; empty when it was blank. */
  was?: string
  isValid: boolean
  isMasked: boolean
}

const factOf = (field: LeadField): Fact => ({
  label: <span title={`${field.name}, ${field.type.replaceAll('_', ' ')}`}>{field.label}</span>,
  value: (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <Value field={field} />
        {!field.isValid && <Badge tone="amber">not valid</Badge>}
      </span>
      {field.raw !== undefined && (
        <span className="block text-tertiary text-xs">
          came as <span className="whitespace-pre-wrap break-all font-mono">{field.raw}</span>
        </span>
      )}
      {field.was !== undefined && (
        <span className="block text-tertiary text-xs">
          set by a step, {field.was === '' ? 'was blank' : <Was text={field.was} />}
        </span>
      )}
    </>
  ),
})

const Was = ({ text }: { text: string }) => (
  <>
    was <span className="whitespace-pre-wrap break-all font-mono">{text}</span>
  </>
)

function Value({ field: { value, isMasked } }: { field: LeadField }) {
  if (value === '') return <span className="text-tertiary">blank</span>
  if (isMasked)
    return (
      <span className="font-mono text-xs" title="Stored encrypted; never shown">
        {value}
      </span>
    )
  return <span className="break-words">{value}</span>
}

const inWords = (fields: readonly LeadField[]): string => {
  const wrong = fields.filter(({ isValid }) => !isValid).length
  const count = `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`
  return wrong > 0 ? `typed, ${count}, ${wrong} not valid` : `typed, ${count}`
}

/** The lead's data by field. */
export function LeadData({ fields, isBuyer }: { fields: readonly LeadField[]; isBuyer: boolean }) {
  return (
    <Card title={isBuyer ? 'What you got' : 'Data'} description={inWords(fields)}>
      {fields.length > 0 ? (
        <Facts facts={fields.map(factOf)} />
      ) : (
        <p className="text-sm text-tertiary">No field was sent.</p>
      )}
    </Card>
  )
}
