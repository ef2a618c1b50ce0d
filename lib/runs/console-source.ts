import { compileSource, SourceSettings } from '../engine/index'
import type { LoadedFlow, LoadedSource } from '../flows/index'

/** The test console is no source of any flow: its leads carry this name, and an id that no source has. */
const consoleSource = { id: '00000000-0000-7000-8000-000000000000', name: 'Test console' }

/** The console as a source of this flow; `undefined` while the flow has nothing that leads could run on. */
export function sourceOfConsole(flow: LoadedFlow): LoadedSource | undefined {
  if (!flow.live) return undefined
  const settings = SourceSettings.parse({})
  const compiled = compileSource(flow.live.compiled, { ...consoleSource, settings })
  const { accountId } = flow.flow
  return {
    ...consoleSource,
    enabled: true,
    authenticationRequired: false,
    webhookSecret: null,
    accountId,
    compiled,
    settings,
  }
}

/** The source of a run: one of the flow's, or the console. */
export const sourceOfRun = (flow: LoadedFlow, sourceId: string): LoadedSource | undefined =>
  sourceId === consoleSource.id ? sourceOfConsole(flow) : flow.sources.get(sourceId)
