import type { EndCause, QueueReport, WaitCause } from '@/lib/queue/schema'

const causeWords: Record<WaitCause, string> = {
  hours: 'Opening hours',
  cap: 'Room in a cap',
  retry: 'The next try',
  breaker: 'A buyer that works again',
  batch: 'The next batch',
}

const endWords: Record<EndCause, string> = {
  failed: 'Deliveries failed',
  expired: 'Waited too long',
}

export const endOptions = Object.entries(endWords).map(([value, label]) => ({ value, label }))

export const causeOptions = Object.entries(causeWords).map(([value, label]) => ({ value, label }))

export const countOf = (count: number): string => (count === 1 ? '1 lead' : `${count} leads`)

/** "2 leads go out now. 1 was passed over: It does not wait any more." */
export function reportWords({ done, passedOver }: QueueReport, one: string, many: string): string {
  const said = `${countOf(done)} ${done === 1 ? one : many}.`
  const [first] = passedOver
  if (!first) return said
  return `${said} ${passedOver.length === 1 ? '1 was' : `${passedOver.length} were`} passed over: ${first.reason}.`
}
