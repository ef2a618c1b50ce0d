'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import { useTransition } from 'react'
import { Avatar } from '../ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu'
import { Spinner } from '../ui/spinner'
import { useShell } from './shell-context'

/** The account one works for; a menu when there are several. */
export function AccountSwitch() {
  const { account, accounts, onSwitchAccount } = useShell()
  const [isPending, start] = useTransition()
  const name = <span className="min-w-0 flex-1 truncate text-left font-medium">{account.name}</span>
  if (accounts.length < 2)
    return (
      <div className="flex h-8 items-center gap-2 px-1.5">
        <Avatar name={account.name} square className="size-6" />
        {name}
      </div>
    )
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account ${account.name}, switch`}
        className="flex h-8 items-center gap-2 rounded-lg px-1.5 hover:bg-hover data-[state=open]:bg-hover pointer-coarse:h-10"
      >
        <Avatar name={account.name} square className="size-6" />
        {name}
        {isPending ? (
          <Spinner className="text-tertiary" />
        ) : (
          <ChevronsUpDown aria-hidden className="size-3.5 text-tertiary" />
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuLabel>Accounts</DropdownMenuLabel>
        {accounts.map(({ id, name: label }) => (
          <DropdownMenuItem
            key={id}
            onSelect={() => {
              if (id !== account.id) start(async () => void (await onSwitchAccount(id)))
            }}
          >
            <Avatar name={label} square className="size-5" />
            <span className="min-w-0 flex-1 truncate">{label}</span>
            {id === account.id && <Check aria-label="current" className="text-accent-text!" />}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
