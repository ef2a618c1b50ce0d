'use client'

import { Check } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { useVerb } from '@/components/form/use-verb'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import { leaveFor } from '../../../enter'
import { acceptAsAction } from '../actions'
import { Decline } from './decline'

type Account = { id: string; name: string; mayAccept: boolean }
type AcceptAsProps = {
  token: string
  seller: string
  invitedEmail: string
  signedInAs: string
  present: string
  accounts: readonly Account[]
}

const lookOnly = 'You can look but not change anything there'

/** For someone signed in: one of their accounts takes the invitation. */
export function AcceptAs({ token, seller, invitedEmail, signedInAs, present, accounts }: AcceptAsProps) {
  const { act, isPending } = useVerb()
  const able = accounts.filter(({ mayAccept }) => mayAccept)
  const [chosen, choose] = useState((able.find(({ id }) => id === present) ?? able[0])?.id)
  const account = able.find(({ id }) => id === chosen)
  const accept = (accountId: string) =>
    act(() => acceptAsAction({ token, accountId }), {
      onDone: ({ connectionId }) => leaveFor(`/buyer/connections/${connectionId}`),
    })
  return (
    <div className="flex flex-col gap-4">
      {accounts.length > 1 && (
        <div className="flex max-w-sm flex-col gap-1.5">
          <Label htmlFor="account">Which of your accounts receives the leads?</Label>
          <Select
            id="account"
            value={chosen}
            onValueChange={choose}
            options={accounts.map(({ id, name, mayAccept }) => ({
              value: id,
              label: name,
              ...(!mayAccept && { disabled: true, hint: lookOnly }),
            }))}
          />
        </div>
      )}
      {account ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            size="lg"
            pending={isPending}
            onClick={() => accept(account.id)}
            className="max-w-full"
          >
            <Check />
            <span className="truncate">Accept as {account.name}</span>
          </Button>
          <Decline token={token} seller={seller} />
        </div>
      ) : (
        <p>To accept you need an account in which you may change things. Ask an admin of yours for another role.</p>
      )}
      <p className="text-pretty text-sm text-tertiary">
        You are signed in as {signedInAs}
        {signedInAs.toLowerCase() !== invitedEmail.toLowerCase() && `, the invitation went to ${invitedEmail}`}.{' '}
        <Button variant="link" onClick={() => signOut({ callbackUrl: `/invite/${token}` })}>
          Use another account
        </Button>
      </p>
    </div>
  )
}
