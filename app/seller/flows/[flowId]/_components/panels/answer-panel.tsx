'use client'

import { DraftNumber } from '@/components/flow/draft-field'
import { problemsAt } from '@/components/flow/problem-notes'
import { CodeBlock } from '@/components/ui/code-block'
import { RadioGroup } from '@/components/ui/radio-group'
import type { FlowDocument } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'

const choices = [
  { value: 'any_accepted', label: 'A buyer accepts', hint: 'One acceptance is enough.' },
  { value: 'all_accepted', label: 'All buyers accept', hint: 'Every buyer step that got the lead must accept it.' },
  { value: 'always', label: 'Always', hint: 'The lead came through the filters, whatever buyers say.' },
]

export function AnswerPanel() {
  const { document, problems, change } = useEditor()
  const setCost = (cost: number | undefined) =>
    change(({ price: _, ...rest }) => (cost === undefined ? rest : { ...rest, price: { cost } }))
  return (
    <PanelFrame
      title="Answer the source"
      description="What the source is told when the lead is through, and what it is paid."
    >
      <PanelPart title="Success when">
        <RadioGroup
          aria-label="Success when"
          options={choices}
          columns={3}
          value={document.succeed_when}
          onValueChange={(value) => change((now) => ({ ...now, succeed_when: value as FlowDocument['succeed_when'] }))}
        />
      </PanelPart>
      <DraftNumber
        label="Price paid to the source"
        optional
        className="max-w-60"
        prefix="$"
        value={document.price?.cost}
        mayBeEmpty
        max={1_000_000}
        placeholder="0.00"
        hint="For each lead answered with success. A source may have a price of its own."
        problems={problemsAt(problems, 'price')}
        onChange={setCost}
      />
      <PanelPart title="The source gets">
        <CodeBlock
          label="Answer to the source"
          language="json"
          code={JSON.stringify({ outcome: 'success', lead: { id: '0197…' }, price: document.price?.cost ?? 0 })}
        />
      </PanelPart>
    </PanelFrame>
  )
}
