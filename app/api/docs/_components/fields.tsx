import type { FieldRow, Shape } from './types'
import { Words } from './words'

/** Fields with their types; a shape with a name is a link to where it stands. */
export function Fields({ rows }: { rows: FieldRow[] }) {
  if (rows.length === 0) return null
  return (
    <ul className="divide-y border-y">
      {rows.map((row) => (
        <Field key={row.name} row={row} />
      ))}
    </ul>
  )
}

function Field({ row }: { row: FieldRow }) {
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <code className="break-all font-medium font-mono text-xs">{row.name}</code>
        <TypeOf row={row} />
        {row.required && <span className="text-2xs text-amber">required</span>}
        {row.notes.map((note) => (
          <span key={note} className="text-2xs text-tertiary">
            {note}
          </span>
        ))}
      </div>
      {row.description && (
        <p className="mt-0.5 text-secondary text-sm">
          <Words text={row.description} />
        </p>
      )}
      {row.children && (
        <details className="mt-1">
          <summary className="inline-flex cursor-pointer rounded-sm text-accent-text text-xs hover:underline">
            {countOf(row.children)}
          </summary>
          <div className="mt-1 border-l pl-3">
            <Fields rows={row.children} />
          </div>
        </details>
      )}
    </li>
  )
}

function countOf(rows: FieldRow[]): string {
  if (rows.every((row) => row.type === 'one way')) return `One of ${rows.length}`
  return rows.length === 1 ? '1 field' : `${rows.length} fields`
}

function TypeOf({ row }: { row: FieldRow }) {
  if (!row.shape) return <span className="break-words text-secondary text-xs">{row.type}</span>
  return (
    <a href={`#shape-${row.shape}`} className="text-accent-text text-xs hover:underline">
      {row.type}
    </a>
  )
}

/** A body, an answer or a named shape. */
export function ShapeView({ shape }: { shape: Shape }) {
  if (shape.either.length > 0) {
    return (
      <div className="space-y-3">
        <p className="text-secondary text-sm">One of:</p>
        {shape.either.map((choice, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the choices of a shape never move
          <div key={index} className="border-l pl-3">
            {choice.shape && (
              <a href={`#shape-${choice.shape}`} className="text-accent-text text-sm hover:underline">
                {choice.shape}
              </a>
            )}
            {choice.fields.length > 0 ? (
              <Fields rows={choice.fields} />
            ) : (
              !choice.shape && <span className="text-sm">{choice.label}</span>
            )}
          </div>
        ))}
      </div>
    )
  }
  if (shape.fields.length > 0) return <Fields rows={shape.fields} />
  if (!shape.name) return <p className="text-secondary text-sm">{shape.words}</p>
  return (
    <a href={`#shape-${shape.name}`} className="text-accent-text text-sm hover:underline">
      {shape.name}
    </a>
  )
}
