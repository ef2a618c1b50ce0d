import { Eye, EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'

type SightProps = { title: string; sees: readonly string[]; hidden: readonly string[] }

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2 [&_svg]:mt-[3px] [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-tertiary">
      {icon}
      <span className="min-w-0 text-pretty">{children}</span>
    </li>
  )
}

function Sight({ title, sees, hidden }: SightProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-sm">{title}</h3>
      <ul className="flex flex-col gap-1 text-secondary text-sm">
        {sees.map((text) => (
          <Line key={text} icon={<Eye aria-label="Sees:" />}>
            {text}
          </Line>
        ))}
        {hidden.map((text) => (
          <Line key={text} icon={<EyeOff aria-label="Does not see:" />}>
            <span className="text-tertiary">{text}</span>
          </Line>
        ))}
      </ul>
    </div>
  )
}

/** What buyer and seller see of each other through a connection, and what neither ever does. */
export function MutualSight({ seller, buyer }: { seller: string; buyer: string }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Sight
        title={`What ${buyer} sees`}
        sees={['Each lead sent, with the shared fields only', 'Its own requests and answers', 'The name of the seller']}
        hidden={['Where the seller got the lead', 'What the seller paid for it', 'Other buyers']}
      />
      <Sight
        title={`What ${seller} sees`}
        sees={[
          'The outcome of each lead: reason, price, lead ID, status code and time',
          'Whether leads can be delivered',
        ]}
        hidden={['Addresses, headers and bodies', 'Passwords, tokens and keys']}
      />
    </div>
  )
}
