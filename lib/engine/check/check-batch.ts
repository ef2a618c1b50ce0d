import { envelopeProblem } from '../delivery/batch-body'
import { isWrapped } from '../delivery/formats'
import { jsonTarget } from '../delivery/targets'
import { compileUrl } from '../delivery/url'
import { parseRoot } from '../delivery/xml-body'
import type { Names, Reference } from '../names/references'
import { requestNames } from '../names/secret-names'
import { type Batch, type BuyerStep, type DestinationConfig, type FlowDocument, pings, type Request } from '../schema'
import { compileTemplate } from '../templates/index'
import type { StepTarget } from '../types'
import { mapsEventId } from './check-request'
import { type Place, under } from './place'
import type { Problems } from './problems'

type Parts = Pick<DestinationConfig, 'endpoint' | 'request' | 'response'>
type Add = (severity: 'error' | 'warning', path: string, message: string) => void

/** What is the same for all leads of a flow, or says nothing of one. */
const isShared = ({ path }: Reference) => /^(?:flow\.|secret\.|test_mode$|is_test$|event_timestamp$|now\.)/.test(path)

const notShared = 'One request carries several leads, so it can’t say anything of one of them here.'

function checkShared({ endpoint }: Parts, names: Names, add: Add): void {
  if (compileUrl(endpoint.url, names).references.some((read) => !isShared(read)))
    add('error', 'endpoint.url', notShared)
  for (const [name, source] of Object.entries(endpoint.headers)) {
    const { references } = compileTemplate(source, names)
    if (references.some((read) => !isShared(read))) add('error', `endpoint.headers.${name}`, notShared)
  }
}

const problemOfCsv = ({ format, body }: Request): string | undefined => {
  if (format !== 'json') return 'CSV is made of the mappings of JSON. Choose JSON as the format.'
  return body === undefined ? undefined : 'CSV is made of mappings. Leave the body to them.'
}

function problemOfName(name: string, format: Request['format']): string | undefined {
  if (name.trim() === '') return undefined
  if (format !== 'xml') return jsonTarget(name) ? undefined : 'Write names with dots between them, like data.leads.'
  const parsed = parseRoot(name)
  return 'problem' in parsed ? parsed.problem : undefined
}

/** What is wrong with how the list is written, and with which of its settings. */
function problemOfForm(
  request: Request,
  { csv, name = '', envelope }: Batch,
): [at: string, problem: string | undefined] {
  const { format } = request
  if (isWrapped(request) || (format !== 'json' && format !== 'xml'))
    return ['', 'Several leads go together as JSON, XML or CSV. Choose one of them, or send one by one.']
  if (csv) return ['.csv', problemOfCsv(request)]
  return envelope === undefined ? ['.name', problemOfName(name, format)] : ['.envelope', envelopeProblem(envelope)]
}

function checkForm(request: Request, batch: Batch, add: Add): void {
  const [at, problem] = problemOfForm(request, batch)
  if (problem !== undefined) add('error', `request.batch${at}`, problem)
}

function checkItems({ response }: Parts, isMapped: boolean, add: Add): void {
  const { parser } = response
  const hasItems = Boolean(parser?.items_path?.trim())
  if (!hasItems && parser?.price_path?.trim()) {
    add(
      'warning',
      'response.parser.price_path',
      'A price of the whole batch is not read. Say where the answer has an item for each lead.',
    )
  }
  if (hasItems && parser?.item_event_path?.trim() && !isMapped) {
    add(
      'error',
      'response.parser.item_event_path',
      'The buyer can only name the event id of a lead where {{event_id}} is mapped.',
    )
  }
}

/** Where an answer has its items, which only batches have. */
function checkItemPaths({ request, response }: Parts, add: Add): void {
  const { items_path: items, item_event_path: event, type } = response.parser ?? {}
  if (event?.trim() && !items?.trim())
    add('error', 'response.parser.items_path', 'Say where the list of the items stands.')
  if (!items?.trim()) return
  if (!request.batch) add('warning', 'response.parser.items_path', 'Leads go one by one, so the answer has no items.')
  if (type !== undefined && type !== 'json' && type !== 'xml')
    add('error', 'response.parser.items_path', 'Items are read from JSON or XML.')
}

/** What is wrong with sending several leads in one request. Paths begin at `place.path`. */
export function checkBatch(parts: Parts, to: Problems, { path, names, stepId }: Place): void {
  const add: Add = (severity, at, message) => to.add(severity, under(path, at), message, stepId)
  checkItemPaths(parts, add)
  const { batch } = parts.request
  if (!batch) return
  const isMapped = mapsEventId(parts)
  checkForm(parts.request, batch, add)
  checkShared(parts, requestNames(names), add)
  checkItems(parts, isMapped, add)
  if (!isMapped) {
    add(
      'warning',
      'request.mappings',
      'Map {{event_id}}: in a batch nothing else tells the buyer which lead is which, and feedback needs it.',
    )
  }
}

/** Of a question that is answered at once, a lead can't wait for others. */
export function checkNoBatch({ batch }: Request, to: Problems, { path, stepId }: Omit<Place, 'names'>): void {
  if (batch) to.add('error', under(path, 'batch'), 'Only a delivery can be sent in batches.', stepId)
}

const namedSteps = (count: number) => (count === 1 ? 'The step below gets' : `The ${count} steps below get`)

/** What it means for the rest of a flow that a buyer's leads wait for others. */
export function checkCollecting(
  step: BuyerStep,
  target: StepTarget | undefined,
  at: { path: string; document: FlowDocument; index: number },
  to: Problems,
): void {
  const { connection, id } = step
  const batch = connection.method === 'manual' ? connection.request.batch : target?.config?.request.batch
  if (!batch) return
  const top = at.document.steps[at.index]
  const where = connection.method === 'manual' ? `${at.path}.connection.request.batch` : `${at.path}.connection`
  const add = (message: string) => to.add('warning', where, message, id)
  const below = at.document.steps.length - 1 - at.index
  if (below > 0)
    add(
      `${namedSteps(below)} a lead when the batch that it waits for has gone out, up to ${batch.minutes} minutes later.`,
    )
  if (step.ping || (target?.config && pings(target.config)))
    add('A bid is often honoured for seconds; in a batch the lead follows minutes later.')
  if (top?.type === 'distribution' && top.time_budget_seconds !== undefined)
    add('The time for the whole step begins anew when the batch goes out.')
}
