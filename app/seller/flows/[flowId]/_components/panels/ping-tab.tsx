'use client'

import { Gavel } from 'lucide-react'
import { testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import { DraftNumber } from '@/components/flow/draft-field'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { BuyerStep, FlowDocument, Ping } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'
import { AskedService } from './asked-service'
import { InvitedPing } from './invited-ping'
import type { StepTabProps } from './step-tab'

/** Fields that say what a lead is worth and not who it is. */
const tells = ['state', 'postal_code', 'city', 'credit_score', 'age', 'homeowner']

/** A ping to the address of the delivery, with what usually decides a price and nothing that names a person. */
function newPing({ connection }: BuyerStep, fields: FlowDocument['fields']): Ping {
  const shown = fields.filter(({ name }) => tells.includes(name))
  const url = connection.method === 'manual' ? connection.endpoint.url : ''
  return {
    endpoint: { url, method: 'POST', auth: { type: 'none' }, headers: {} },
    request: { format: 'json', mappings: Object.fromEntries(shown.map(({ name }) => [name, `{{lead.${name}}}`])) },
    response: {
      success_codes: [200, 201, 202, 204],
      parser: { type: 'json', price_path: 'price', id_path: 'ping_id', reason_path: 'reason' },
    },
  }
}

/** How a buyer is asked for its bid before anybody sells it the lead. */
export function PingTab({ step, path, problems, set }: StepTabProps) {
  const { document } = useEditor()
  const { ping, connection } = step
  if (connection.method === 'invite') {
    const save = (next: typeof connection) => set({ connection: next })
    return <InvitedPing step={step} connection={connection} path={path} problems={problems} onChange={save} />
  }
  if (!ping)
    return (
      <EmptyState
        icon={<Gavel />}
        title="This buyer is not pinged"
        action={<Button onClick={() => set({ ping: newPing(step, document.fields) })}>Ping this buyer</Button>}
      >
        A ping asks the buyer what it would pay, with fields that name nobody. In a distribution that asks the highest
        price first all buyers are pinged at once, and the lead goes to the best bid.
      </EmptyState>
    )
  const at = `${path}.ping`
  const known = problemsAt(problems, at)
  const save = (part: Partial<Ping>) => set({ ping: { ...ping, ...part } })
  return (
    <>
      <ProblemNotes problems={known.filter((problem) => problem.path === at)} />
      <AskedService title="Where it is pinged" asked={ping} path={at} problems={known} set={save} />
      <Answer key={step.id} ping={ping} path={at} problems={known} save={save} />
      <DraftNumber
        label="Give up after"
        optional
        className="max-w-60"
        suffix="seconds"
        value={ping.timeout_seconds}
        min={0.1}
        max={60}
        mayBeEmpty
        hint="Empty: as long as the distribution waits for bids."
        problems={problemsAt(problems, `${at}.timeout_seconds`)}
        onChange={(seconds) => save({ timeout_seconds: seconds })}
      />
      <Button className="self-start" onClick={() => set({ ping: undefined })}>
        Ping no more
      </Button>
    </>
  )
}

type AnswerProps = Pick<StepTabProps, 'path' | 'problems'> & { ping: Ping; save: (part: Partial<Ping>) => void }

function Answer({ ping, path, problems, save }: AnswerProps) {
  const { revision } = useEditor()
  return (
    <PanelPart
      title="Its bid"
      description="The bid is the price. What the answer refers to it by stands in the delivery as {{ping.id}}, the bid as {{ping.price}}."
    >
      <AnswerEditor
        side="ping"
        answers={ping.response}
        path={`${path}.response`}
        problems={problems}
        prefix="ping"
        revision={revision}
        tools={{ test: testAnswerAction }}
        onChange={(response) => save({ response })}
      />
    </PanelPart>
  )
}
