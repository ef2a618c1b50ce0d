type Field = { name: string; label?: string; type: string; required: boolean }

/** The fields of a flow, as its senders name them. */
export function FieldTable({ fields }: { fields: Field[] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b text-left text-tertiary">
          <th className="px-4 py-2 font-medium">Field</th>
          <th className="px-4 py-2 font-medium">Type</th>
          <th className="px-4 py-2 font-medium">Required</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, label, type, required }) => (
          <tr key={name} className="border-b last:border-0">
            <td className="px-4 py-2">
              <code>{name}</code>
              {label && <span className="text-tertiary"> {label}</span>}
            </td>
            <td className="px-4 py-2">{type}</td>
            <td className="px-4 py-2">{required ? 'yes' : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
