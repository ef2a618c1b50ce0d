import { eq } from 'drizzle-orm'
import type { Executor } from '../../db/client'
import { accounts, stepSwitches } from '../../db/schema/index'
import { now } from '../clock'
import type { FlowDocument, RuleResources, StepTarget } from '../engine/index'
import { secretNames } from '../secrets/index'
import { linksOf } from './links'
import { resourcesFor } from './resources'
import { buyerSteps, type StepLink, stateOf, targetOf } from './rules'
import type { StepState } from './schema'
import { type PartnerLink, partnersNamed, withPartner } from './step-partners'

type Owner = { id: string; accountId: string }
export type Switches = Map<string, boolean>

/** The switches set over a flow's steps. */
export async function switchesOf(exec: Executor, flowId: string): Promise<Switches> {
  const rows = await exec
    .select({ stepId: stepSwitches.stepId, active: stepSwitches.active })
    .from(stepSwitches)
    .where(eq(stepSwitches.flowId, flowId))
  return new Map(rows.map((row) => [row.stepId, row.active]))
}

export type Resolved = {
  targets: Record<string, StepTarget>
  states: StepState[]
  links: Map<string, StepLink>
  /** The account's partners that the document names, by their ids. */
  partners: ReadonlyMap<string, PartnerLink>
  resources: RuleResources
  /** The secrets that the account keeps by name; only asked for where the document names one. */
  secretNames: ReadonlySet<string>
  /** Whether the account has business hours; only asked for where a member of a failover chain keeps to them. */
  hasBusinessHours: boolean | undefined
}

const noNames: ReadonlySet<string> = new Set()
const namesSecrets = (document: FlowDocument): boolean => /\bsecret\b[.[]/.test(JSON.stringify(document))

const keepsHours = (document: FlowDocument): boolean =>
  buyerSteps(document).some(({ failover }) =>
    failover?.failover_chain.some((link) => 'buyer' in link && link.conditions?.business_hours_only),
  )

async function hasBusinessHours(exec: Executor, accountId: string): Promise<boolean> {
  const [account] = await exec
    .select({ hours: accounts.businessHours })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return !!account?.hours
}

/**
 * Where each buyer step of a document delivers, how it stands, and what the rules look things up in: those of the
 * document, of its targets, and of `settings` of its sources.
 */
export async function resolveTargets(
  exec: Executor,
  flow: Owner,
  document: FlowDocument,
  switches: Switches,
  settings: readonly unknown[] = [],
): Promise<Resolved> {
  const steps = buyerSteps(document)
  const links = await linksOf(exec, flow, document)
  const partners = await partnersNamed(
    exec,
    flow.accountId,
    steps.map((step) => step.partner_id),
  )
  const known = namesSecrets(document) ? await secretNames(flow.accountId, exec) : noNames
  const hours = keepsHours(document) ? await hasBusinessHours(exec, flow.accountId) : undefined
  const nowMs = now()
  const targets: Resolved['targets'] = Object.create(null)
  const states: StepState[] = []
  for (const step of steps) {
    const link = links.get(step.id)
    // Of an invited buyer the record of its connection counts, whatever the step says.
    const partner = link?.partner ?? partners.get(step.partner_id ?? '')
    const target = withPartner(targetOf(step, switches.get(step.id), link, nowMs), partner)
    targets[step.id] = target
    states.push(stateOf(step, target, { link, partner }, { fields: document.fields, nowMs }))
  }
  const configs = Object.values(targets).map(({ config }) => config?.request)
  const resources = await resourcesFor(exec, flow.accountId, [document, ...configs, ...settings])
  return { targets, states, links, partners, resources, secretNames: known, hasBusinessHours: hours }
}
