import type { Metadata } from 'next'
import Link from 'next/link'
import { type ReferenceRow, ReferenceSection } from '@/components/docs/reference-section'
import { Searchable } from '@/components/docs/searchable'
import {
  type FilterEntry,
  fieldChoices,
  fieldTypes,
  filterTable,
  ruleFunctions,
  ruleTable,
  standingVariables,
} from '@/lib/engine'

export const metadata: Metadata = {
  title: 'Variables and filters',
  description: 'What templates and rules may refer to, every filter, every function of rules.',
}

function variableRows(): [group: string, rows: ReferenceRow[]][] {
  const groups = new Map<string, ReferenceRow[]>()
  for (const { path, label, group, type, example, inRules, needsShared } of standingVariables()) {
    const notes = [
      !inRules && 'Not in rules: they are decided before.',
      needsShared && `An invited buyer reads it when ${needsShared} is shared.`,
    ].filter(Boolean)
    const row = {
      id: path,
      name: path,
      what: label,
      words: `${path} ${label} ${type}`,
      ...(example && { example }),
      ...(notes.length > 0 && { note: notes.join(' ') }),
    }
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  return [...groups]
}

/** A type's parts, as a field of that type would have them. */
const partRows = (): ReferenceRow[] =>
  fieldTypes.flatMap((type) =>
    fieldChoices('field', type, '', '')
      .slice(1)
      .map(({ path, label, example }) => {
        const part = path.replace('lead.field.', '')
        return {
          id: `${type}.${part}`,
          name: `${type} .${part}`,
          what: label.replace(/^: /, ''),
          words: `${type} ${part} ${label}`,
          ...(example && { example }),
        }
      }),
  )

const filterRows = (group: FilterEntry['group']): ReferenceRow[] =>
  Object.entries(filterTable as Record<string, FilterEntry>)
    .filter(([, entry]) => entry.group === group)
    .map(
      ([
        name,
        {
          meaning,
          args,
          example: [template, result],
        },
      ]) => ({
        id: `filter-${name}`,
        name: args ? `${name}: ${args}` : name,
        what: meaning,
        example: `${template} → ${result}`,
        words: `${name} ${meaning} filter`,
      }),
    )

const functionRows = (): ReferenceRow[] =>
  Object.entries(ruleFunctions).map(([name, { op, example }]) => {
    const meaning = op ? ruleTable[op].meaning : 'A value made of a value.'
    return { id: `function-${name}`, name, what: meaning, example, words: `${name} ${meaning} function` }
  })

const filterGroups = ['Text', 'Numbers', 'Dates', 'Lists', 'Codes'] as const

export default function VariablesPage() {
  return (
    <div className="mx-auto max-w-4xl px-5 pt-8 sm:px-8">
      <h1 className="font-semibold text-3xl tracking-tight">Variables and filters</h1>
      <p className="mt-3 max-w-2xl text-pretty text-lg text-secondary">
        In a template a variable stands in braces, <code className="font-mono text-base">{'{{lead.email}}'}</code>, and
        filters follow it after a bar. In a rule it stands by itself. The fields of a lead are{' '}
        <Link href="/docs/fields" className="text-accent-text underline underline-offset-2">
          on a page of their own
        </Link>
        .
      </p>
      <Searchable label="Search variables, filters and functions" placeholder="Search variables, filters and functions">
        {variableRows().map(([group, rows]) => (
          <ReferenceSection key={group} title={group} rows={rows} />
        ))}
        <ReferenceSection
          title="Parts of fields"
          about="By the type of the field: lead.phone_1.area, lead.dob.age, lead.email.valid."
          rows={partRows()}
        />
        {filterGroups.map((group) => (
          <ReferenceSection key={group} title={`Filters: ${group.toLowerCase()}`} rows={filterRows(group)} />
        ))}
        <ReferenceSection
          title="Functions of rules"
          about="Each is called as f(x) or x.f(). Beside them: == != < <= > >= in, && || ! ? : and brackets, + - * / %."
          rows={functionRows()}
        />
      </Searchable>
    </div>
  )
}
