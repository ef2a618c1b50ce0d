'use client'

import { Dialog, DialogContent } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { useShell } from './shell-context'

const everywhere: readonly [string[], string][] = [
  [['⌘', 'K'], 'Search and commands'],
  [['/'], 'Search this list'],
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['e'], 'Open the row'],
  [['esc'], 'Close'],
  [['?'], 'This list'],
]

/** Every key, shown by `?`. */
export function ShortcutsDialog() {
  const { nav, panel, open } = useShell()
  const places = nav.flatMap(({ key, label }) => (key ? [[['g', key], label] as [string[], string]] : []))
  return (
    <Dialog open={panel === 'shortcuts'} onOpenChange={(isOpen) => open(isOpen ? 'shortcuts' : undefined)}>
      <DialogContent title="Keyboard shortcuts" size="md">
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          <Keys title="Everywhere" keys={everywhere} />
          <Keys title="Go to" keys={places} />
        </div>
      </DialogContent>
    </Dialog>
  )
}

function Keys({ title, keys }: { title: string; keys: readonly [string[], string][] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-tertiary text-xs">{title}</h3>
      <dl className="flex flex-col">
        {keys.map(([strokes, label]) => (
          <div key={label} className="flex h-8 items-center justify-between gap-4 border-b last:border-b-0">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {strokes.map((stroke) => (
                <Kbd key={stroke}>{stroke}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
