export type SharedField = { name: string; label: string }

/** The fields that pass through a connection, by label; the name stands in the tooltip. */
export function SharedFields({
  fields,
  nothing = 'None yet. The seller chooses them in its flow.',
}: {
  fields: readonly SharedField[]
  nothing?: string
}) {
  if (fields.length === 0) return <p className="text-tertiary">{nothing}</p>
  return (
    <ul className="flex flex-wrap gap-1.5">
      {fields.map(({ name, label }) => (
        <li
          key={name}
          title={name}
          className="inline-flex h-6 items-center rounded-md bg-muted px-2 text-secondary text-xs"
        >
          {label}
        </li>
      ))}
    </ul>
  )
}
