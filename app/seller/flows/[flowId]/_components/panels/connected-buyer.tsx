'use client'

import { Building2 } from 'lucide-react'
import Link from 'next/link'
import { type InviteConnection, toConnection } from '@/components/flow/draft-document'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { hidden } from '@/lib/connections/schema'
import type { StepState } from '@/lib/flows/schema'
import { useEditor } from '../editor-context'

type ConnectedBuyerProps = {
  state: StepState
  connection: InviteConnection
  onChange: (connection: InviteConnection) => void
}

/** The buyer that accepted: what the seller sees of it. */
export function ConnectedBuyer({ state, connection, onChange }: ConnectedBuyerProps) {
  const { view } = useEditor()
  const others = view.buyers.filter(({ connectionId }) => connectionId !== state.connectionId)
  return (
    <section aria-label="Connected buyer" className="flex flex-col gap-3 rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-3">
        <Building2 aria-hidden className="size-4 text-tertiary" />
        <p className="min-w-0 flex-1 truncate font-medium">{state.recipient}</p>
        <Button size="sm" asChild>
          <Link href={`/seller/connections/${state.connectionId}`}>Open connection</Link>
        </Button>
      </div>
      <Facts
        facts={[
          { label: 'Setup', value: state.setupWords },
          ...(state.partner
            ? [
                {
                  label: 'Partner',
                  value: (
                    <Link
                      href={`/seller/partners/${state.partner.id}`}
                      className="text-accent-text underline-offset-4 hover:underline"
                    >
                      {state.partner.name}
                      {state.partner.status === 'paused' && ', paused'}
                    </Link>
                  ),
                },
              ]
            : []),
          { label: 'Address', value: hidden.endpoint },
          { label: 'Authentication', value: hidden.authentication },
          ...(state.invitedEmail ? [{ label: 'Invited', value: state.invitedEmail }] : []),
        ]}
      />
      {others.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-tertiary">Deliver to another connected buyer:</span>
          {others.map(({ connectionId, name }) => (
            <Button key={connectionId} size="sm" onClick={() => onChange(toConnection(connection, connectionId))}>
              {name}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
