import { Activity, Contact, LayoutDashboard, Link2, PackageCheck, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Command, NavItem } from '@/components/shell/types'
import { requireBuyer } from '@/lib/auth'
import { PortalFrame } from '../_portal/portal-frame'
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
  return (
    <PortalFrame actor={actor} side="buying" nav={nav} commands={commands} onSwitchAccount={switchAccountAction}>
      {children}
    </PortalFrame>
  )
}
