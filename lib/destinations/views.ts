import type { Executor } from '../../db/client'
import type { Actor } from '../actor'
import { connectionsTo, type DeliveringConnection } from '../connections/index'
import type { DestinationConfig } from '../engine/index'
import { onThisInstallation } from '../flows/index'
import { describeSecrets, secretOf } from '../secrets/index'
import type { DestinationRow } from './own-destination'
import { isInsecure, problemsOf } from './rules'
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

async function credentialOf(exec: Executor, row: DestinationRow): Promise<DestinationView['credential']> {
  const { auth } = row.config.endpoint
  const ref = secretOf(auth)
  if (auth.type === 'none' || typeof ref !== 'object') return null
  const secret = (await describeSecrets(row.accountId, [ref], exec))[ref.secret]
  return secret ? { type: auth.type, lastFour: secret.lastFour, updatedAt: secret.updatedAt.toISOString() } : null
}

const viewConnection = ({ id, seller, status }: DeliveringConnection) => ({ id, seller, status })

/** A destination as its own account sees it; `sharedFields`, when known, let its problems name what never comes. */
export async function viewDestination(
  exec: Executor,
  actor: Actor,
  row: DestinationRow,
  sharedFields?: string[],
): Promise<DestinationView> {
  const connections = await connectionsTo(exec, actor.accountId, [row.id])
  const config = present(row)
  return {
    ...summarise(row, connections.length),
    config,
    settings: row.integration === 'sandbox' ? settingsOfUrl(config.endpoint.url) : null,
    credential: await credentialOf(exec, row),
    insecureConfirmed: row.insecureConfirmed,
    lastTest: row.lastTest,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    problems: problemsOf({ integration: row.integration, config }, sharedFields),
    connections: connections.map(viewConnection),
    createdAt: row.createdAt.toISOString(),
  }
}
