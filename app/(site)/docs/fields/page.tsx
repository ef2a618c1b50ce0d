import type { Metadata } from 'next'
import Link from 'next/link'
import { type ReferenceRow, ReferenceSection } from '@/components/docs/reference-section'
import { Searchable } from '@/components/docs/searchable'
import { typeWords } from '@/components/flow/field-type-words'
import { catalogue } from '@/lib/engine'

export const metadata: Metadata = {
  title: 'Standard fields',
  description: 'The fields of a lead that every flow may list, with their types and the other names they go by.',
}

function groupsOf(): [group: string, rows: ReferenceRow[]][] {
  const groups = new Map<string, ReferenceRow[]>()
  for (const { name, label, type, group, example, aliases } of catalogue) {
    const row = {
      id: name,
      name,
      what: `${label}, ${typeWords(type)}`,
      example: String(example),
      words: [name, label, typeWords(type), ...aliases].join(' '),
      ...(aliases.length > 0 && { note: `Also ${aliases.join(', ')}.` }),
    }
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  return [...groups]
}

export default function FieldsPage() {
  return (
    <div className="mx-auto max-w-4xl px-5 pt-8 sm:px-8">
      <h1 className="font-semibold text-3xl tracking-tight">Standard fields</h1>
      <p className="mt-3 max-w-2xl text-pretty text-lg text-secondary">
        {catalogue.length} fields that every flow may list. Sources may use their other names too, in any letter case.
        In templates and rules a field is{' '}
        <Link href="/docs/variables" className="text-accent-text underline underline-offset-2">
          lead.name
        </Link>
        .
      </p>
      <Searchable label="Search fields" placeholder="Search fields by name, label or alias">
        {groupsOf().map(([group, rows]) => (
          <ReferenceSection key={group} title={group} rows={rows} />
        ))}
      </Searchable>
    </div>
  )
}
