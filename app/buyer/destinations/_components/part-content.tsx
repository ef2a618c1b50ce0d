import type { DestinationPart } from '@/components/destination/failure-causes'
import type { Sendable } from '@/components/destination/mapping-rows'
import type { VariableChoice } from '@/components/flow/variable-picker'
import type { Defaults } from '@/components/mail/mail-fields'
import { Alert } from '@/components/ui/alert'
import type { DestinationView } from '@/lib/destinations/schema'
import type { Told } from '../_frame/context'
import { MailForm } from './mail-form'
import { MappingForm } from './mapping-form'
import { PingForm } from './ping-form'
import type { Way } from './save-bar'
import { SignInForm } from './sign-in-form'
import { TryIt } from './try-it'
import { WhereForm } from './where-form'

export type PartContentProps = {
  part: DestinationPart
  destination: DestinationView
  way: Way
  hrefs: Record<DestinationPart, string>
  offered: readonly Sendable[]
  variables: readonly VariableChoice[]
  sharedFields: string[] | undefined
  told: Told
  /** What a mail says until its owner says otherwise. */
  mailDefaults: Defaults
  connectionId: string | undefined
  /** Where the connection's leads go until this destination is live. */
  movesFrom: string | undefined
  testThrough: string | undefined
  egressIps: string
  after: string
  /** The seller that keeps this part to itself. */
  keeper: string | undefined
}

/** One part of a destination, the same in the setup and in its tabs. */
export function PartContent({ keeper, ...props }: PartContentProps) {
  return (
    <div className="flex flex-col gap-5">
      {keeper && props.part !== 'test' && (
        <Alert kind="warning" title={`${keeper} asks to agree on changes here first`}>
          While its leads are delivered here you can look, but saving another value is refused. Ask them, or make
          another destination.
        </Alert>
      )}
      <PartForm {...props} />
    </div>
  )
}

function PartForm({ part, destination, way, ...props }: Omit<PartContentProps, 'keeper'>) {
  const version = `${destination.id} ${destination.updatedAt}`
  if (part === 'where') return <WhereForm key={version} destination={destination} way={way} />
  if (part === 'sign-in') return <SignInForm key={version} destination={destination} way={way} />
  if (part === 'mapping') {
    const { offered, variables, sharedFields, mailDefaults } = props
    if (destination.integration === 'email') {
      return <MailForm key={version} {...{ destination, way, variables, sharedFields }} defaults={mailDefaults} />
    }
    return <MappingForm key={version} {...{ destination, way, offered, variables, sharedFields }} />
  }
  if (part === 'ping') {
    const { told, testThrough } = props
    return <PingForm key={version} {...{ destination, told }} {...(testThrough && { testThrough })} />
  }
  const { connectionId, movesFrom, testThrough, egressIps, hrefs, after } = props
  return (
    <TryIt
      {...{ destination, egressIps, hrefs, after }}
      {...(connectionId && { connectionId })}
      {...(movesFrom && { movesFrom })}
      {...(testThrough && { testThrough })}
      {...(way.mode === 'setup' && way.back && { back: way.back })}
    />
  )
}
