import type { ReactNode } from 'react'
import type { Side } from '../event/event-words'
import { Page } from '../shell/page'
import { LinkTabs } from '../ui/tabs'

export const settingsTabs = {
  '': 'Account',
  members: 'Members',
  lists: 'Lists',
  fields: 'Fields',
  email: 'Email',
  keys: 'API keys',
  secrets: 'Secrets',
  sessions: 'Sessions',
  accounts: 'Your accounts',
  audit: 'Audit log',
} as const
export type SettingsTab = keyof typeof settingsTabs

type SettingsFrameProps = { side: Side; tab: SettingsTab; actions?: ReactNode; children: ReactNode }

const hrefOf = (side: Side, tab: string) => (tab ? `/${side}/settings/${tab}` : `/${side}/settings`)

/** What only an account with flows has. */
const ofSellers: ReadonlySet<string> = new Set(['lists', 'fields', 'email'])

/** A page of the settings under its tabs. */
export function SettingsFrame({ side, tab, actions, children }: SettingsFrameProps) {
  const tabs = Object.entries(settingsTabs)
    .filter(([name]) => side === 'seller' || !ofSellers.has(name))
    .map(([name, label]) => ({ href: hrefOf(side, name), label }))
  return (
    <Page
      crumbs={[{ label: 'Settings', href: hrefOf(side, '') }, { label: settingsTabs[tab] }]}
      title="Settings"
      actions={actions}
    >
      <LinkTabs tabs={tabs} label="Settings" />
      {children}
    </Page>
  )
}
