import type { Executor } from '../../db/client'
import type { Actor } from '../actor'
import { circuitsOf, targetOfDestination } from '../breakers/index'
import type { CircuitView } from '../breakers/schema'
import { connectionsTo, type DeliveringConnection } from '../connections/index'
import { Auth, DestinationConfig } from '../engine/index'
import { onThisInstallation } from '../flows/index'
import { describeSecrets, secretNames, secretRefsIn } from '../secrets/index'
import type { DestinationRow } from './own-destination'
import { isInsecure, problemsOf } from './rules'
import type { Coming } from './run-test'
import { settingsOfUrl } from './sandbox'
import type { DestinationSummary, DestinationView } from './schema'

type Shown = Pick<
  DestinationRow,
  | 'id'
  | 'name'
  | 'description'
  | 'integration'
  | 'status'
  | 'config'
  | 'lastTest'
  | 'testedAt'
  | 'acknowledgedAt'
  | 'updatedAt'
>

const present = ({ integration, config }: Shown): DestinationConfig =>
  integration === 'sandbox' ? { ...config, endpoint: onThisInstallation(config.endpoint) } : config

const addressOf = (row: Shown) =>
  row.integration === 'email' ? (row.config.email?.to.join(', ') ?? '') : present(row).endpoint.url

export function summarise(row: Shown, connections: number): DestinationSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    integration: row.integration,
    status: row.status,
    url: addressOf(row),
    insecure: isInsecure(row.integration, row.config),
    testedAt: row.testedAt?.toISOString() ?? null,
    testPassed: row.lastTest?.passed ?? null,
    acknowledged: row.acknowledgedAt !== null,
    connections,
    updatedAt: row.updatedAt.toISOString(),
  }
}

type Secrets = DestinationView['secrets']

async function secretsOf(exec: Executor, row: DestinationRow): Promise<Secrets> {
  const refs = secretRefsIn(DestinationConfig, row.config)
  const summaries = Object.entries(await describeSecrets(row.accountId, refs, exec))
  return Object.fromEntries(
    summaries.map(([ref, { lastFour, updatedAt }]) => [ref, { lastFour, updatedAt: updatedAt.toISOString() }]),
  )
}

/** The first secret of the authentication. */
function credentialOf({ config }: DestinationRow, secrets: Secrets): DestinationView['credential'] {
  const { auth } = config.endpoint
  const [ref] = secretRefsIn(Auth, auth)
  const secret = ref && secrets[ref.secret]
  return auth.type !== 'none' && secret ? { type: auth.type, ...secret } : null
}

async function circuitOf(
  exec: Executor,
  actor: Actor,
  { id, integration }: DestinationRow,
): Promise<CircuitView | null> {
  if (integration === 'email') return null
  const target = targetOfDestination(actor.accountId, id)
  const circuits = await circuitsOf(exec, [target], actor.accountId)
  return circuits.get(target.key) ?? null
}

const viewConnection = ({ id, seller, status }: DeliveringConnection) => ({ id, seller, status })

/** A destination as its own account sees it; `coming`, when known, lets its problems name what never comes. */
export async function viewDestination(
  exec: Executor,
  actor: Actor,
  row: DestinationRow,
  coming?: Coming,
): Promise<DestinationView> {
  const connections = await connectionsTo(exec, actor.accountId, [row.id])
  const config = present(row)
  const [secrets, names, circuit] = await Promise.all([
    secretsOf(exec, row),
    secretNames(row.accountId, exec),
    circuitOf(exec, actor, row),
  ])
  return {
    ...summarise(row, connections.length),
    config,
    settings: row.integration === 'sandbox' ? settingsOfUrl(config.endpoint.url) : null,
    credential: credentialOf(row, secrets),
    secrets,
    insecureConfirmed: row.insecureConfirmed,
    circuit,
    caps: row.caps,
    lastTest: row.lastTest,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    problems: problemsOf({ integration: row.integration, config }, { ...coming, secretNames: names }),
    connections: connections.map(viewConnection),
    createdAt: row.createdAt.toISOString(),
  }
}
