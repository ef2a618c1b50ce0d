'use client'

import { Search, X } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useTransition } from 'react'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { NativeSelect } from '../ui/native-select'
import { Spinner } from '../ui/spinner'

export type Filter =
  | { kind: 'search'; name: string; label: string; placeholder?: string }
  | { kind: 'select'; name: string; label: string; options: readonly { value: string; label: string }[] }
  | { kind: 'date'; name: string; label: string }

type FiltersProps = {
  filters: readonly Filter[]
  /** At the right: a `LiveDot`, an export. */
  children?: ReactNode
}

/** Filters of a list, kept in the address: shared by its link, undone by *back*. A change goes to the first page. */
export function Filters({ filters, children }: FiltersProps) {
  const router = useRouter()
  const path = usePathname()
  const params = useSearchParams()
  const [isPending, start] = useTransition()
  const go = (next: URLSearchParams) =>
    start(() => router.push(next.size > 0 ? `${path}?${next}` : path, { scroll: false }))

  function set(name: string, value: string) {
    const next = new URLSearchParams(params)
    next.delete('cursor')
    if (value) next.set(name, value)
    else next.delete(name)
    if (next.toString() !== params.toString()) go(next)
  }
  function clear() {
    const next = new URLSearchParams(params)
    for (const { name } of filters) next.delete(name)
    next.delete('cursor')
    go(next)
  }

  const isFiltered = filters.some(({ name }) => params.has(name))
  return (
    <search className="flex flex-wrap items-center gap-2">
      {filters.map((filter) => (
        <FilterControl key={filter.name} filter={filter} value={params.get(filter.name) ?? ''} onChange={set} />
      ))}
      {isFiltered && (
        <Button variant="ghost" onClick={clear}>
          <X />
          Clear
        </Button>
      )}
      {isPending && <Spinner className="text-tertiary" />}
      {children && <div className="flex items-center gap-2 sm:ml-auto">{children}</div>}
    </search>
  )
}

type FilterControlProps = { filter: Filter; value: string; onChange: (name: string, value: string) => void }

function FilterControl({ filter, value, onChange }: FilterControlProps) {
  if (filter.kind === 'search') return <SearchBox filter={filter} value={value} onChange={onChange} />
  if (filter.kind === 'date')
    return (
      <span className="flex items-center gap-1.5 text-sm text-tertiary">
        {filter.label}
        <Input
          type="date"
          aria-label={filter.label}
          value={value}
          onChange={(event) => onChange(filter.name, event.target.value)}
          className="w-36"
        />
      </span>
    )
  return (
    <NativeSelect
      aria-label={filter.label}
      value={value}
      onChange={(event) => onChange(filter.name, event.target.value)}
      className="w-auto max-w-52"
    >
      <option value="">{filter.label}: all</option>
      {filter.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  )
}

type SearchBoxProps = FilterControlProps & { filter: { placeholder?: string } }

/** Searches a moment after the last key; `/` puts the cursor here. */
function SearchBox({ filter, value, onChange }: SearchBoxProps) {
  const box = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (box.current && document.activeElement !== box.current) box.current.value = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <span className="w-full sm:w-64">
      <Input
        ref={box}
        type="search"
        data-search
        aria-label={filter.label}
        placeholder={filter.placeholder ?? filter.label}
        prefix={<Search />}
        defaultValue={value}
        onChange={(event) => {
          const text = event.target.value
          clearTimeout(timer.current)
          timer.current = setTimeout(() => onChange(filter.name, text.trim()), 300)
        }}
      />
    </span>
  )
}
