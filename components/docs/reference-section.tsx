import type { ReactNode } from 'react'

/** The anchor of a section: "Source and flow" → "source-and-flow". */
export const anchorOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

export type ReferenceRow = {
  /** Its anchor within the page. */
  id: string
  name: string
  what: ReactNode
  example?: ReactNode
  note?: ReactNode
  /** All it may be found by. */
  words: string
}

type ReferenceSectionProps = { title: string; about?: ReactNode; rows: readonly ReferenceRow[] }

/** Names with what they are: each can be linked to. */
export function ReferenceSection({ title, about, rows }: ReferenceSectionProps) {
  const id = anchorOf(title)
  return (
    <section data-section aria-labelledby={id} className="mt-10 first:mt-4">
      <h2 id={id} className="scroll-mt-20 font-semibold text-xl">
        <a href={`#${id}`} className="hover:underline">
          {title}
        </a>
      </h2>
      {about && <p className="mt-1 max-w-2xl text-pretty text-secondary">{about}</p>}
      <dl className="mt-4 divide-y border-y">
        {rows.map((row) => (
          <div
            key={row.id}
            id={row.id}
            data-words={`${row.words} ${title}`.toLowerCase()}
            className="grid scroll-mt-20 gap-x-6 gap-y-0.5 py-2 target:bg-accent-soft sm:grid-cols-[15rem_minmax(0,1fr)] sm:px-1"
          >
            <dt className="min-w-0">
              <a href={`#${row.id}`} className="break-all font-mono text-sm hover:underline">
                {row.name}
              </a>
            </dt>
            <dd className="min-w-0 text-sm">
              <span className="text-pretty">{row.what}</span>
              {row.example && <span className="block break-all font-mono text-tertiary text-xs">{row.example}</span>}
              {row.note && <span className="block text-tertiary text-xs">{row.note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
