import { Check, X } from 'lucide-react'
import { type Permissions, permissionWords } from '@/lib/connections/schema'

const names = Object.keys(permissionWords) as (keyof Permissions)[]

/** What the buyer may change by itself once it is connected, and what not. */
export function PermissionList({ permissions }: { permissions: Permissions }) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {names.map((name) => (
        <li key={name} className="flex items-center gap-2">
          {permissions[name] ? (
            <Check aria-label="allowed" className="size-3.5 shrink-0 text-green" />
          ) : (
            <X aria-label="not allowed" className="size-3.5 shrink-0 text-tertiary" />
          )}
          <span className={permissions[name] ? undefined : 'text-tertiary'}>{permissionWords[name]}</span>
        </li>
      ))}
    </ul>
  )
}
