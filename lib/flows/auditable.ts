/** Headers and queries are where people put keys that have no field of their own: the log keeps that they were there. */
function shown(key: string, value: unknown): unknown {
  if (key === 'headers' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.keys(value).map((name) => [name, '…']))
  }
  if (key === 'url' && typeof value === 'string') return value.replace(/\?.*$/s, '?…')
  if (typeof value === 'string' && value.startsWith('-----BEGIN')) return '…'
  return auditable(value)
}

/** A configuration as the audit log may keep it: its shape and settings, never a value that could be a secret. */
export function auditable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(auditable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(key, item)]))
}
