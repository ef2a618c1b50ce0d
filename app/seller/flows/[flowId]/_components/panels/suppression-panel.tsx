'use client'

import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { withStep } from '@/components/flow/draft-document'
import { DraftFrame } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { useRuleTools } from '@/components/flow/rule-tools'
import { Button } from '@/components/ui/button'
import { NativeSelect } from '@/components/ui/native-select'
import type { SuppressionStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { ComparedFields } from './compared-fields'
import { OnMatch } from './on-match'
import { StepName } from './step-name'

const values = (size: number) => `${size.toLocaleString('en-US')} ${size === 1 ? 'value' : 'values'}`

/** A step that looks whether the lead stands on a list. */
export function SuppressionPanel({ step, index }: { step: SuppressionStep; index: number }) {
  const { problems: all, change } = useEditor()
  const { lists, listsHref } = useRuleTools()
  const path = `steps.${index}`
  const problems = problemsAt(all, path)
  const set = (part: Partial<SuppressionStep>) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'suppression' ? { ...is, ...part } : is)))
  const isGone = step.list_id !== '' && !lists.some(({ id }) => id === step.list_id)
  return (
    <PanelFrame
      title={step.name}
      description="Looks a lead up on a list of yours: do-not-call numbers, customers you have, people who asked to be left alone."
      actions={<StepActions step={step} index={index} />}
    >
      <StepName step={step} />
      <div className="flex max-w-xl flex-wrap items-end gap-2">
        <DraftFrame
          label="List"
          className="flex-1 basis-56"
          hint="Plain or hashed (MD5, SHA-1, SHA-256) values; of any size."
          problems={problemsAt(problems, `${path}.list_id`)}
        >
          {(control) => (
            <NativeSelect {...control} value={step.list_id} onChange={(event) => set({ list_id: event.target.value })}>
              <option value="">Choose a list</option>
              {isGone && <option value={step.list_id}>A list that is gone</option>}
              {lists.map(({ id, name, size }) => (
                <option key={id} value={id}>
                  {name}, {values(size)}
                </option>
              ))}
            </NativeSelect>
          )}
        </DraftFrame>
        {listsHref && (
          <Button asChild className="mb-5.5">
            <Link href={step.list_id && !isGone ? `${listsHref}/${step.list_id}` : listsHref}>
              {step.list_id && !isGone ? 'Open list' : 'Make a list'}
              <ArrowUpRight className="size-3.5" />
            </Link>
          </Button>
        )}
      </div>
      <ComparedFields
        label="Look for these"
        hint="A lead is found when one of them stands on the list. Normal forms are compared, hashed where the list is."
        fields={step.fields}
        onChange={(fields) => set({ fields })}
        path={path}
        problems={problems}
      />
      <OnMatch step={step} onChange={set} path={path} problems={problems} />
      <PanelPart
        title="Try it"
        description="A test lead goes on in any case, and says what would become of a real one."
      >
        <StepTest step={step} index={index} />
      </PanelPart>
    </PanelFrame>
  )
}
