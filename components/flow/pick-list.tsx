'use client'

import { Command } from 'cmdk'
import { Plus, Search } from 'lucide-react'
import { useState } from 'react'

export type Choice = {
  value: string
  label: string
  hint?: string
  group?: string
  isTaken?: boolean
  /** Further words it is found by. */
  others?: readonly string[]
  /** A value it may have, or how it is written. */
  example?: string
  /** What it does, in a sentence. */
  about?: string
}

type PickListProps = {
  /** What is picked, for screen readers. */
  label: string
  choices: readonly Choice[]
  onPick: (value: string) => void
  placeholder?: string
  isLoading?: boolean
  /** Where all of it is explained, below the list. */
  link?: { href: string; label: string }
  /** Lets what was typed itself be picked, where it is allowed. */
  custom?: { label: (typed: string) => string; allows: (typed: string) => boolean; onPick: (typed: string) => void }
}

function byGroup(choices: readonly Choice[]): [string, Choice[]][] {
  const groups = new Map<string, Choice[]>()
  for (const choice of choices) {
    const group = choice.group ?? ''
    groups.set(group, [...(groups.get(group) ?? []), choice])
  }
  return [...groups]
}

const words = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[\s._:]+/g, ' ')
    .trim()

/** How well a choice answers what was typed; 0: not at all. Whole words first, the shorter name before the longer. */
function rank({ value, label, group = '', others = [] }: Choice, wanted: string): number {
  const names = [value, label, group, ...others].map(words)
  const shorter = 1 / (1 + value.length)
  if (names.some((name) => name === wanted || name === `lead ${wanted}`)) return 1
  if (names.some((name) => ` ${name}`.includes(` ${wanted}`))) return 0.6 + shorter / 4
  return names.some((name) => name.includes(wanted)) ? 0.3 + shorter / 4 : 0
}

function matching(choices: readonly Choice[], typed: string): Choice[] {
  const wanted = words(typed)
  if (wanted === '') return [...choices]
  const ranked = choices.map((choice) => ({ choice, score: rank(choice, wanted) }))
  return ranked
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ choice }) => choice)
}

const row =
  'flex cursor-default select-none items-center gap-2 rounded-md px-2 py-1.5 text-base data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover pointer-coarse:py-2.5 [&_svg]:size-4 [&_svg]:text-tertiary'

/** So many are drawn at once; more wait for a word. */
const mostShown = 150

/** A searchable list to pick from, for the inside of a popover: type, arrows, enter. */
export function PickList({ label, choices, onPick, placeholder = 'Search', isLoading, link, custom }: PickListProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState('')
  const own = typed.trim()
  const found = matching(choices, typed)
  return (
    <Command
      label={label}
      loop
      shouldFilter={false}
      value={at}
      onValueChange={setAt}
      className="flex max-h-96 flex-col"
    >
      <div className="flex h-9 shrink-0 items-center gap-2 border-b px-2.5">
        <Search aria-hidden className="size-4 shrink-0 text-tertiary" />
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          placeholder={placeholder}
          className="min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-tertiary pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="min-h-0 overflow-y-auto p-1">
        {isLoading && (
          <Command.Loading className="px-2 py-4 text-center text-sm text-tertiary">Loading…</Command.Loading>
        )}
        {!custom && !isLoading && (
          <Command.Empty className="px-2 py-4 text-center text-sm text-tertiary">Nothing found.</Command.Empty>
        )}
        {byGroup(found.slice(0, mostShown)).map(([group, members]) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-tertiary [&_[cmdk-group-heading]]:text-xs"
          >
            {members.map(({ value, label: text, hint, isTaken }) => (
              <Command.Item
                key={value}
                value={value}
                disabled={isTaken ?? false}
                onSelect={() => onPick(value)}
                className={row}
              >
                <span className="min-w-0 flex-1 truncate">{text}</span>
                {hint && <code className="max-w-1/2 truncate font-mono text-tertiary text-xs">{hint}</code>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {found.length > mostShown && (
          <p className="px-2 py-1.5 text-tertiary text-xs">{found.length - mostShown} more: type to find them.</p>
        )}
        {custom && !isLoading && own !== '' && custom.allows(own) && (
          <Command.Item value={`own ${own}`} onSelect={() => custom.onPick(own)} className={row}>
            <Plus aria-hidden />
            {custom.label(own)}
          </Command.Item>
        )}
      </Command.List>
      <Foot choice={found.find(({ value }) => value === at)} link={link} />
    </Command>
  )
}

type FootProps = { choice: Choice | undefined; link: PickListProps['link'] | undefined }

/** What the choice under the arrow is for, and where to read more. */
function Foot({ choice, link }: FootProps) {
  const hasWords = choice?.about !== undefined || choice?.example !== undefined
  if (!hasWords && !link) return null
  return (
    <div className="flex min-h-9 shrink-0 flex-col gap-0.5 border-t px-3 py-2 text-xs">
      {choice?.about && <p className="text-pretty text-secondary">{choice.about}</p>}
      {choice?.example && <p className="break-all font-mono text-tertiary">{choice.example}</p>}
      {link && (
        <a href={link.href} target="_blank" rel="noreferrer" className="self-start text-accent-text hover:underline">
          {link.label}
        </a>
      )}
    </div>
  )
}
