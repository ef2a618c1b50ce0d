import { Activity, Contact, Handshake, Hourglass, LayoutDashboard, Link2, Settings, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import type { NavItem } from '@/components/shell/types'
import { requireSeller } from '@/lib/auth'
import { PortalFrame } from '../_portal/portal-frame'
import { searchAction, switchAccountAction } from './_frame/actions'

const nav: NavItem[] = [
  { href: '/seller', label: 'Overview', icon: <LayoutDashboard />, key: 'o', exact: true },
  { href: '/seller/flows', label: 'Flows', icon: <Waypoints />, key: 'f' },
  { href: '/seller/partners', label: 'Partners', icon: <Handshake />, key: 'p' },
  { href: '/seller/connections', label: 'Connections', icon: <Link2 />, key: 'c' },
  { href: '/seller/leads', label: 'Leads', icon: <Contact />, key: 'l' },
  { href: '/seller/queue', label: 'Queue', icon: <Hourglass />, key: 'q' },
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
  {
    id: 'create-partner',
    label: 'Create partner',
    href: '/seller/partners?create=1',
    icon: <Handshake />,
    keywords: ['new', 'add', 'buyer', 'introducer'],
  },
]

/** The frame of the seller portal. */
export default async function SellerLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeller()
  return (
    <PortalFrame
      actor={actor}
      side="selling"
      nav={nav}
      commands={commands}
      search={searchAction}
      onSwitchAccount={switchAccountAction}
    >
      {children}
    </PortalFrame>
  )
}
