import { Activity, Contact, LayoutDashboard, Link2, PackageCheck, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import type { Command, NavItem } from '@/components/shell/types'
import { listMemberships, whatAccountMayDo } from '@/lib/accounts'
import { currentUser, requireBuyer } from '@/lib/auth'
import { switchAccountAction } from './_frame/actions'

const nav: NavItem[] = [
  { href: '/buyer', label: 'Overview', icon: <LayoutDashboard />, key: 'o', exact: true },
  { href: '/buyer/destinations', label: 'Destinations', icon: <PackageCheck />, key: 'd' },
  { href: '/buyer/connections', label: 'Connections', icon: <Link2 />, key: 'c' },
  { href: '/buyer/leads', label: 'Leads', icon: <Contact />, key: 'l' },
  { href: '/buyer/events', label: 'Events', icon: <Activity />, key: 'e', live: true },
  { href: '/buyer/settings', label: 'Settings', icon: <Settings />, key: 's' },
]

const commands: Command[] = [
  {
    id: 'create-destination',
    label: 'Create destination',
    href: '/buyer/destinations/new',
    icon: <PackageCheck />,
    keywords: ['new', 'add', 'webhook', 'endpoint'],
  },
]

/** The frame of the buyer portal. */
export default async function BuyerLayout({ children }: { children: ReactNode }) {
  const actor = await requireBuyer()
  const user = await currentUser()
  const memberships = user ? await listMemberships(user.id) : []
  const { sells } = whatAccountMayDo(actor)
  return (
    <AppShell
      side="buying"
      sides={{ buying: '/buyer', ...(sells && { selling: '/seller' }) }}
      account={{ id: actor.accountId, name: actor.accountName }}
      accounts={memberships.map(({ accountId, name }) => ({ id: accountId, name }))}
      user={{ name: user?.name ?? '', email: user?.email ?? '' }}
      nav={nav}
      links={[{ label: 'API reference', href: '/api/docs' }]}
      commands={commands}
      onSwitchAccount={switchAccountAction}
    >
      {children}
    </AppShell>
  )
}
