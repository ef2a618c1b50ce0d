import Link from 'next/link'
import type { OpenCircuit } from '@/lib/breakers/schema'
import { Alert } from '../ui/alert'

/** Above an overview: who gets no leads now, as their circuit is open. */
export function OpenCircuits({ circuits }: { circuits: readonly OpenCircuit[] }) {
  if (circuits.length === 0) return null
  const title = circuits.length === 1 ? 'A circuit is open' : `${circuits.length} circuits are open`
  return (
    <Alert kind="warning" title={title}>
      <ul className="flex flex-col gap-0.5">
        {circuits.map(({ name, words, href }) => (
          <li key={href}>
            <Link href={href} className="font-medium text-foreground underline-offset-4 hover:underline">
              {name}
            </Link>{' '}
            gets no leads: {words}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
