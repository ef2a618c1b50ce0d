import { CircleCheck, Clock, Link2Off, Undo2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { InvitationStatus, PublicInvitation } from '@/lib/connections/schema'

type Closed = Exclude<InvitationStatus, 'pending'>
type Words = {
  icon: ReactNode
  title: string
  text: (seller: string) => string
  action?: { href: string; label: string }
}

const states: Record<Closed, Words> = {
  accepted: {
    icon: <CircleCheck />,
    title: 'This invitation has been accepted',
    text: (seller) =>
      `You are connected to ${seller}. Sign in with the account that accepted it to go on with the setup.`,
    action: { href: '/buyer/connections', label: 'Go to your connections' },
  },
  declined: {
    icon: <Undo2 />,
    title: 'This invitation was declined',
    text: (seller) => `If that was a mistake, ask ${seller} to invite you again.`,
  },
  revoked: {
    icon: <Link2Off />,
    title: 'This invitation was taken back',
    text: (seller) => `${seller} withdrew it. If you expected it to be open, ask them for a new one.`,
  },
  expired: {
    icon: <Clock />,
    title: 'This invitation has expired',
    text: (seller) =>
      `Invitations are open for a limited time. Ask ${seller} to send it again: you will get a new link.`,
  },
}

function Notice({ icon, title, children, action }: Omit<Words, 'text'> & { children: ReactNode }) {
  return (
    <>
      <h1 className="sr-only">Invitation</h1>
      <EmptyState
        className="w-full max-w-lg border-solid bg-surface shadow-sm"
        icon={icon}
        title={<span className="text-lg">{title}</span>}
        action={
          action && (
            <Button asChild>
              <Link href={action.href}>{action.label}</Link>
            </Button>
          )
        }
      >
        {children}
      </EmptyState>
    </>
  )
}

/** An invitation that can't be answered any more: what became of it, and what to do. */
export function ClosedInvitation({ invitation }: { invitation: PublicInvitation }) {
  const { seller, status } = invitation
  if (status === 'pending') return null
  const { text, ...words } = states[status]
  return <Notice {...words}>{text(seller)}</Notice>
}

/** A link that opens nothing: cut off on its way, or replaced by a newer mail. */
export function UnknownInvitation() {
  return (
    <Notice icon={<Link2Off />} title="This link opens no invitation">
      It may have been cut in two by a mail program, or replaced by a newer mail. Open the latest invitation mail and
      use its button, or ask the sender for a new one.
    </Notice>
  )
}
