import {
  assumedVerdict,
  type CompiledFlow,
  type CompiledSource,
  compileFlow,
  compileSource,
  DestinationConfig,
  endingOfRun,
  type LeadEnding,
  MemoryCounters,
  type Nested,
  percentOf,
  type RunStart,
  SourceSettings,
  type StepTarget,
  simulate,
  typeLead,
  type Verdict,
} from '../engine/index'
import type { LoadedFlow } from '../flows/index'
import type { BacktestAsked } from './schema'

/** A lead to try: from the log with what buyers said, or from a file. */
export type Tried = {
  /** What stands for the lead where chance is asked: its id, or its row of this file. */
  key: string
  submitted: Nested
  receivedAt: number
  sourceId?: string | undefined
  submission?: { ip: string; userAgent: string }
  answers?: ReadonlyMap<string, Verdict>
}

const nobody = { id: '00000000-0000-7000-8000-000000000000', name: 'Backtest' }

/** A buyer that is not there yet can't be asked, and is not: its configuration only has to compile. */
const standIn = DestinationConfig.parse({
  endpoint: { url: 'https://example.com' },
  request: { mappings: {} },
  response: { success_codes: [200] },
})

function readyTargets(targets: Record<string, StepTarget>): Record<string, StepTarget> {
  const ready = Object.entries(targets).map(([stepId, { blocked: _, ...target }]) => [
    stepId,
    { ...target, active: true, config: target.config ?? standIn },
  ])
  return Object.fromEntries(ready)
}

type Live = LoadedFlow & { live: NonNullable<LoadedFlow['live']> }

/** The flow as it is tried: as it is, or with every buyer there and switched on. */
export const compiledFor = (flow: Live, allReady: boolean): CompiledFlow =>
  allReady ? compileFlow({ ...flow.live.compiled, targets: readyTargets(flow.targets) }) : flow.live.compiled

/** Makes ready what tries leads: `live` compiled, today's sources, and what is assumed of buyers. */
export function leadTrier(flow: Live, asked: BacktestAsked): (tried: Tried) => LeadEnding {
  const compiled = compiledFor(flow, asked.all_ready)
  const sources = new Map<string, CompiledSource>()
  for (const { id, name, settings } of flow.sources.values())
    sources.set(id, compileSource(compiled, { id, name, settings }))
  const counters = new MemoryCounters()
  const unknown = compileSource(compiled, { ...nobody, settings: SourceSettings.parse({}) })
  return (tried) => {
    const source = sources.get(tried.sourceId ?? '') ?? unknown
    const verdictOf = (stepId: string) => {
      const said = asked.recorded ? tried.answers?.get(stepId) : undefined
      return said ?? assumedVerdict(asked.assume_steps[stepId] ?? asked.assume, tried.key, stepId)
    }
    const run = simulate(compiled, source, startOf(compiled, source, tried), verdictOf, counters)
    return endingOfRun(run)
  }
}

/** How a tried lead begins its way. */
export function startOf(
  flow: CompiledFlow,
  source: CompiledSource,
  { key, submitted, receivedAt, submission }: Tried,
): RunStart {
  return {
    leadId: key,
    isTest: false,
    receivedAt,
    // What was drawn is not kept; the same lead draws the same in every backtest.
    random: percentOf(key) + 1,
    lead: typeLead(flow, source, submitted),
    submission: submission ?? { ip: '', userAgent: '' },
    source: { id: source.id, name: source.name },
  }
}
