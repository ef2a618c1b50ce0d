'use client'

import { DraftFrame } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { NativeSelect } from '@/components/ui/native-select'
import type { FlowDocument } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { InboundNames } from '../inbound-names'
import { PanelFrame, PanelPart } from '../panel-frame'
import { SubmissionPreview } from '../submission-preview'
import { AddField } from './add-field'
import { countries } from './countries'
import { FieldRow } from './field-row'

type DraftField = FlowDocument['fields'][number]

export function FieldsPanel() {
  const { document, problems, change, revision } = useEditor()
  const edit = (name: string, next: DraftField | undefined) =>
    change((now) => ({ ...now, fields: now.fields.flatMap((field) => (field.name === name ? (next ?? []) : field)) }))
  return (
    <PanelFrame
      title="Fields"
      description="What a lead of this flow holds. A value of the wrong type never refuses a lead by itself; a required field that is blank does."
      actions={<AddField />}
    >
      <div className="overflow-x-auto rounded-lg border">
        <ul aria-label="Fields" className="divide-y">
          {document.fields.map((field, index) => (
            <FieldRow
              key={field.name}
              field={field}
              problems={problemsAt(problems, `fields.${index}`)}
              onChange={(next) => edit(field.name, next)}
              onRemove={() => edit(field.name, undefined)}
            />
          ))}
          {document.fields.length === 0 && (
            <li className="px-4 py-6 text-center text-tertiary">No fields yet. Add the first.</li>
          )}
        </ul>
      </div>
      <PanelPart
        title="Names that sources use"
        description="Where a source calls a field otherwise. Usual names (zip, phone, …) are known already."
      >
        <InboundNames
          key={revision}
          mappings={document.mappings}
          fields={document.fields}
          problems={problemsAt(problems, 'mappings')}
          onChange={(mappings) => change((now) => ({ ...now, mappings }))}
        />
      </PanelPart>
      <CountryPart />
      <PanelPart
        title="What a submission becomes"
        description="Paste what a source sends (JSON, XML, a form’s body or an address with a query): each name, the field it goes into, and the value as rules and buyers see it."
      >
        <SubmissionPreview
          fields={document.fields}
          flowMappings={document.mappings}
          country={document.country ?? null}
        />
      </PanelPart>
    </PanelFrame>
  )
}

function CountryPart() {
  const { document, problems, change } = useEditor()
  return (
    <PanelPart
      title="Country"
      description="How phones, postal codes and states are written when a lead does not say where it is from."
    >
      <DraftFrame label="Leads are from" className="max-w-xs" problems={problemsAt(problems, 'country')}>
        {(control) => (
          <NativeSelect
            {...control}
            value={document.country ?? 'US'}
            onChange={({ target }) =>
              change(({ country: _, ...now }) => (target.value === 'US' ? now : { ...now, country: target.value }))
            }
          >
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </DraftFrame>
    </PanelPart>
  )
}
