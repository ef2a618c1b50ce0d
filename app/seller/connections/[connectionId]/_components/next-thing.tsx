import { Alert } from '@/components/ui/alert'
import type { SellerConnectionView } from '@/lib/connections/schema'
import type { SetupState } from '@/lib/flows/schema'

type Note = { kind: 'info' | 'good' | 'warning'; text: string }

const notes: Partial<Record<SetupState, Note>> = {
  setting_up: {
    kind: 'info',
    text: 'The buyer has accepted and is setting up where its leads go. You get a mail when it is ready.',
  },
  testing: { kind: 'info', text: 'The buyer has a destination and is testing it. You get a mail when it is ready.' },
  destination_disabled: {
    kind: 'warning',
    text: 'The buyer has disabled its destination. Its steps are skipped until it is enabled again.',
  },
  paused_by_buyer: { kind: 'warning', text: 'The buyer has paused. Its steps are skipped until it resumes.' },
  paused_by_seller: {
    kind: 'warning',
    text: 'You have paused this connection. Its steps are skipped until you resume.',
  },
  revoked: { kind: 'warning', text: 'This connection was ended. To connect again, send a new invitation.' },
}

function noteOf({ setup, steps, partner }: SellerConnectionView): Note | undefined {
  if (setup !== 'ready') return notes[setup]
  const isServing = steps.some(({ in: where, active }) => where === 'live' && active)
  if (isServing) return undefined
  const isLive = steps.some(({ in: where }) => where === 'live')
  return {
    kind: 'good',
    text: isLive
      ? `${partner.name} is ready. Enable its step below, and it gets leads from the next one on.`
      : `${partner.name} is ready. Add a buyer step for it to a flow and publish, and it gets leads.`,
  }
}

/** What is to be done next, or who is waited for. */
export function NextThing({ connection }: { connection: SellerConnectionView }) {
  const note = noteOf(connection)
  return note ? <Alert kind={note.kind}>{note.text}</Alert> : null
}
