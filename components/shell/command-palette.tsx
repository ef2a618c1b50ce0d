'use client'

import { Command as Cmdk } from 'cmdk'
import { CornerDownLeft, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Kbd } from '../ui/kbd'
import { Spinner } from '../ui/spinner'
import { useShell } from './shell-context'
import type { Command, SearchHit } from './types'
import { useSearch } from './use-search'

/** ⌘K: go anywhere, do anything, find anything. */
export function CommandPalette() {
  const { panel, open } = useShell()
  return (
    <Dialog.Root open={panel === 'palette'} onOpenChange={(isOpen) => open(isOpen ? 'palette' : undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-xl border border-line-strong bg-raised shadow-lg outline-none"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Palette />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Palette() {
  const { nav, commands = [], search, open } = useShell()
  const router = useRouter()
  const [query, setQuery] = useState('')
  const { hits, isSearching } = useSearch(query, search)
  const go = (href: string) => {
    open(undefined)
    router.push(href)
  }
  const places: Command[] = nav.map(({ href, label, icon, key }) => ({
    id: href,
    label,
    href,
    icon,
    group: 'Go to',
    ...(key && { shortcut: `g ${key}` }),
  }))
  return (
    <Cmdk label="Search and commands" loop>
      <div className="flex h-12 items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-tertiary" />
        <Cmdk.Input
          value={query}
          onValueChange={setQuery}
          placeholder={search ? 'Search leads, flows, partners, or go to' : 'Go to'}
          className="min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-tertiary"
        />
        {isSearching && <Spinner className="text-tertiary" />}
        <Kbd>esc</Kbd>
      </div>
      <Cmdk.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-tertiary">
          {isSearching ? 'Searching' : `Nothing found for “${query}”.`}
        </Cmdk.Empty>
        {hitGroups(hits).map(([group, found]) => (
          <Group key={group} name={group}>
            {found.map((hit) => (
              <Item key={hit.id} value={`${query} ${hit.id}`} onSelect={() => go(hit.href)}>
                <span className="min-w-0 flex-1 truncate">{hit.label}</span>
                {hit.hint && <span className="truncate text-sm text-tertiary">{hit.hint}</span>}
              </Item>
            ))}
          </Group>
        ))}
        {commandGroups([...commands, ...places]).map(([group, found]) => (
          <Group key={group} name={group}>
            {found.map((command) => (
              <Item
                key={command.id}
                value={`${group} ${command.label}`}
                keywords={command.keywords}
                onSelect={() => go(command.href)}
              >
                {command.icon}
                <span className="min-w-0 flex-1 truncate">{command.label}</span>
                {command.shortcut?.split(' ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Item>
            ))}
          </Group>
        ))}
      </Cmdk.List>
      <p className="flex h-9 items-center justify-end gap-1.5 border-t px-4 text-tertiary text-xs">
        Open <CornerDownLeft aria-hidden className="size-3" />
      </p>
    </Cmdk>
  )
}

function groupBy<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): [string, Thing[]][] {
  const groups = new Map<string, Thing[]>()
  for (const thing of things) groups.set(nameOf(thing), [...(groups.get(nameOf(thing)) ?? []), thing])
  return [...groups]
}

const commandGroups = (commands: Command[]) => groupBy(commands, ({ group }) => group ?? 'Do')
const hitGroups = (hits: SearchHit[]) => groupBy(hits, ({ group }) => group ?? 'Found')

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={name}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-tertiary [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Cmdk.Group>
  )
}

type ItemProps = { value: string; keywords?: string[] | undefined; onSelect: () => void; children: ReactNode }

function Item({ value, keywords, onSelect, children }: ItemProps) {
  return (
    <Cmdk.Item
      value={value}
      {...(keywords && { keywords })}
      onSelect={onSelect}
      className="flex h-9 cursor-default select-none items-center gap-2.5 rounded-lg px-2.5 data-[selected=true]:bg-hover pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-tertiary"
    >
      {children}
    </Cmdk.Item>
  )
}
