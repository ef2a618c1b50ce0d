import type { ComponentProps, ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { listMemberships, whatAccountMayDo } from '@/lib/accounts'
import type { Actor } from '@/lib/actor'
import { currentUser } from '@/lib/auth'

type PortalFrameProps = Pick<
  ComponentProps<typeof AppShell>,
  'side' | 'nav' | 'commands' | 'search' | 'onSwitchAccount'
> & {
  actor: Actor
  children: ReactNode
}

/** The frame of a portal: who is signed in, for which account, and where one can go. */
export async function PortalFrame({ actor, children, ...frame }: PortalFrameProps) {
  const user = await currentUser()
  const memberships = user ? await listMemberships(user.id) : []
  const { sells, buys } = whatAccountMayDo(actor)
  return (
    <AppShell
      {...frame}
      sides={{ ...(sells && { selling: '/seller' }), ...(buys && { buying: '/buyer' }) }}
      account={{ id: actor.accountId, name: actor.accountName }}
      accounts={memberships.map(({ accountId, name }) => ({ id: accountId, name }))}
      user={{ name: user?.name ?? '', email: user?.email ?? '' }}
      links={[{ label: 'API reference', href: '/api/docs' }]}
    >
      {children}
    </AppShell>
  )
}
