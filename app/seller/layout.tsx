import { Activity, Contact, LayoutDashboard, Link2, Settings, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import type { NavItem } from '@/components/shell/types'
import { listMemberships, whatAccountMayDo } from '@/lib/accounts'
import { currentUser, requireSeller } from '@/lib/auth'
import { searchAction, switchAccountAction } from './_frame/actions'

const nav: NavItem[] = [
  { href: '/seller', label: 'Overview', icon: <LayoutDashboard />, key: 'o', exact: true },
  { href: '/seller/flows', label: 'Flows', icon: <Waypoints />, key: 'f' },
  { href: '/seller/connections', label: 'Connections', icon: <Link2 />, key: 'c' },
  { href: '/seller/leads', label: 'Leads', icon: <Contact />, key: 'l' },
  { href: '/seller/events', label: 'Events', icon: <Activity />, key: 'e', live: true },
  { href: '/seller/settings', label: 'Settings', icon: <Settings />, key: 's' },
]

const commands = [
  {
    id: 'create-flow',
    label: 'Create flow',
    href: '/seller/flows?create=1',
    icon: <Waypoints />,
    keywords: ['new', 'add'],
  },
]

/** The frame of the seller portal. */
export default async function SellerLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeller()
  const user = await currentUser()
  const memberships = user ? await listMemberships(user.id) : []
  const { buys } = whatAccountMayDo(actor)
  return (
    <AppShell
      side="selling"
      sides={{ selling: '/seller', ...(buys && { buying: '/buyer' }) }}
      account={{ id: actor.accountId, name: actor.accountName }}
      accounts={memberships.map(({ accountId, name }) => ({ id: accountId, name }))}
      user={{ name: user?.name ?? '', email: user?.email ?? '' }}
      nav={nav}
      links={[{ label: 'API reference', href: '/api/docs' }]}
      commands={commands}
      search={searchAction}
      onSwitchAccount={switchAccountAction}
    >
      {children}
    </AppShell>
  )
}
