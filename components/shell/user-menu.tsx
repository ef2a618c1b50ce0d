'use client'

import { BookOpen, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useTransition } from 'react'
import { Avatar } from '../ui/avatar'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu'
import { useShell } from './shell-context'
import { signOutHere } from './sign-out'

/** The person: theme, places for those who build, sign out. */
export function UserMenu() {
  const { user, links, open } = useShell()
  const { theme, setTheme } = useTheme()
  const [, start] = useTransition()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${user.name}, menu`}
        className="grid size-control place-items-center rounded-full hover:bg-hover"
      >
        <Avatar name={user.name} />
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-60">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-sm text-tertiary">{user.email}</p>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme ?? 'system'} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="system">
            <Monitor />
            System
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="light">
            <Sun />
            Light
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon />
            Dark
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        {links?.map(({ label, href }) => (
          <DropdownMenuItem key={href} asChild>
            <a href={href}>
              <BookOpen />
              {label}
            </a>
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem onSelect={() => open('shortcuts')}>
          <Keyboard />
          Keyboard shortcuts
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => start(async () => void (await signOutHere()))}>
          <LogOut />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
