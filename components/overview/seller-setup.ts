import type { FlowSummary } from '@/lib/flows/schema'
import type { SetupStep } from '../connection/setup-checklist'

/** What a new seller has still to do until its first lead is sold, from how its flows stand. */
export function sellerSetup(flows: readonly FlowSummary[], hasTested: boolean): SetupStep[] {
  const flow = flows.find(({ liveVersion }) => liveVersion !== null) ?? flows[0]
  const editor = flow && `/seller/flows/${flow.id}`
  const link = (href: string | undefined) => (href ? { href } : {})
  return [
    {
      id: 'flow',
      label: 'Create a flow',
      hint: 'What a lead must hold, who may get it, and how it is handed over.',
      done: flow !== undefined,
      href: editor ?? '/seller/flows?create=1',
    },
    {
      id: 'buyer',
      label: 'Add a buyer',
      hint: 'Invite one by email, or enter the address its leads are sent to.',
      done: flows.some(({ buyerSteps }) => buyerSteps > 0),
      ...link(editor),
    },
    {
      id: 'publish',
      label: 'Publish the flow',
      hint: hasTested
        ? 'A test lead went through. What you publish takes leads at once.'
        : 'Try it with a test lead first; what you publish takes leads at once.',
      done: flows.some(({ liveVersion }) => liveVersion !== null),
      ...link(editor),
    },
    {
      id: 'source',
      label: 'Add a source',
      hint: 'Whoever submits leads gets an address, and a key if you want one.',
      done: flows.some(({ sources }) => sources > 0),
      ...link(editor && `${editor}?at=sources`),
    },
    {
      id: 'submit',
      label: 'Submit a lead',
      hint: 'It appears here, in leads and in events, within a second.',
      done: false,
      href: '/seller/events',
    },
  ]
}
