'use client'

import type { InviteConnection } from '@/components/flow/draft-document'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { SharedFields } from '@/components/flow/shared-fields'
import { Button } from '@/components/ui/button'
import type { BuyerStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { fieldLabel } from '../field-label'
import { PanelPart } from '../panel-frame'
import { ConfiguredByBuyer } from './configured-by-buyer'
import type { StepTabProps } from './step-tab'

type InvitedPingProps = Pick<StepTabProps, 'path' | 'problems'> & {
  step: BuyerStep
  connection: InviteConnection
  onChange: (connection: InviteConnection) => void
}

/** What an invited buyer may be told before it buys; how it is asked is its own. */
export function InvitedPing({ step, connection, path, problems, onChange }: InvitedPingProps) {
  const { document, view } = useEditor()
  const { shared_fields: shared, ping_fields: chosen, ...rest } = connection
  const fields = document.fields.filter(({ name }) => shared.includes(name))
  const usual = shared.filter((name) => view.namesNobody.includes(name))
  const isPinged = view.flow.steps.find(({ stepId }) => stepId === step.id)?.pinged === true
  const set = (told: string[] | undefined) =>
    onChange({ ...rest, shared_fields: shared, ...(told && { ping_fields: told }) })
  return (
    <>
      <ConfiguredByBuyer title={isPinged ? 'Pinged: Configured by buyer' : 'Not pinged so far'}>
        {isPinged
          ? 'In a distribution that asks the highest price first this buyer is asked for its bid, in a way that it has set up itself.'
          : 'It pays its price. Once its destination has a ping, and there are fields that it may be told, it is asked for its bid like your other buyers.'}
      </ConfiguredByBuyer>
      <PanelPart
        title="What a ping may tell"
        description="Before the buyer buys it sees these of the shared fields, and no others. Choose none, and it is not pinged."
      >
        <SharedFields
          title="Fields told"
          note="A ping carries the event ID and the lead ID too. The sign marks what may name a person."
          nothing="No field is shared yet: choose them under Connection."
          fields={fields.map((field) => ({
            name: field.name,
            label: fieldLabel(field, view.variables),
            isNaming: !view.namesNobody.includes(field.name),
          }))}
          shared={chosen ?? usual}
          onChange={set}
        />
        <ProblemNotes problems={problemsAt(problems, `${path}.connection.ping_fields`)} />
        {chosen && (
          <Button size="sm" variant="ghost" className="self-start" onClick={() => set(undefined)}>
            Those that name nobody
          </Button>
        )}
      </PanelPart>
    </>
  )
}
