'use client'

import { TextCursorInput } from 'lucide-react'
import Link from 'next/link'
import { typeWords } from '@/components/flow/field-type-words'
import { useVerb } from '@/components/form/use-verb'
import { type Column, DataTable } from '@/components/table/data-table'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import type { CustomFieldView } from '@/lib/fields/schema'
import { deleteFieldAction } from '../actions'
import { FieldDialog } from './field-dialog'

const columns: Column<CustomFieldView>[] = [
  { key: 'label', header: 'Label', cell: ({ label }) => <span className="font-medium">{label}</span> },
  { key: 'name', header: 'Name', cell: ({ name }) => <code className="font-mono text-xs">{name}</code> },
  { key: 'type', header: 'Type', cell: ({ type }) => typeWords(type) },
  {
    key: 'description',
    header: 'Description',
    phone: 'hide',
    cell: ({ description }) => <span className="text-secondary">{description}</span>,
  },
  {
    key: 'flows',
    header: 'Used in',
    cell: ({ flows }) =>
      flows.length === 0 ? (
        <span className="text-tertiary">no flow</span>
      ) : (
        <span className="flex flex-wrap gap-x-2">
          {flows.slice(0, 3).map(({ id, name }) => (
            <Link
              key={id}
              href={`/seller/flows/${id}?at=fields`}
              className="text-accent-text underline-offset-2 hover:underline"
            >
              {name}
            </Link>
          ))}
          {flows.length > 3 && <span className="text-tertiary">and {flows.length - 3} more</span>}
        </span>
      ),
  },
]

const actions: Column<CustomFieldView> = {
  key: 'actions',
  header: <span className="sr-only">Actions</span>,
  align: 'right',
  phone: 'aside',
  cell: (field) => (
    <span className="flex justify-end gap-2">
      <FieldDialog field={field} />
      <RemoveField field={field} />
    </span>
  ),
}

/** The account's own fields, each with the flows that use it. */
export function CustomFieldTable({ fields, mayChange }: { fields: readonly CustomFieldView[]; mayChange: boolean }) {
  return (
    <DataTable
      caption="Your fields"
      rows={fields}
      columns={mayChange ? [...columns, actions] : columns}
      rowKey={({ name }) => name}
      empty={
        <EmptyState
          icon={<TextCursorInput />}
          title="No fields of your own"
          link={{ href: '/docs/fields', label: 'Standard fields' }}
        >
          Hundreds of fields are there already. Add one for what only your leads have.
        </EmptyState>
      }
    />
  )
}

function RemoveField({ field: { name, label, flows } }: { field: CustomFieldView }) {
  const { run } = useVerb()
  const uses = flows.length === 1 ? 'One flow uses it and keeps it.' : `${flows.length} flows use it and keep it.`
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger" aria-label={`Remove ${label}`}>
          Remove
        </Button>
      }
      title={`Remove “${label}”?`}
      description={`It is offered no longer. ${flows.length === 0 ? 'No flow uses it.' : uses} Leads keep their values.`}
      confirm="Remove field"
      danger
      onConfirm={() => run(() => deleteFieldAction({ name }), { done: 'Field removed.' })}
    />
  )
}
