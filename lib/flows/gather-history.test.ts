import { expect, test } from 'vitest'
import type { AuditEntry } from '../audit/index'
import { gatherHistory } from './gather-history'

const base = Date.parse('2026-01-15T14:00:00Z')
let number = 0

const entry = (minute: number, who: string, given: Partial<AuditEntry>): AuditEntry => ({
  id: String(++number),
  at: new Date(base + minute * 60_000),
  via: 'session',
  who: { id: who, name: who },
  action: 'flow.draft.save',
  subjectKind: 'flow',
  subjectId: 'f',
  ...given,
})

const save = (minute: number, who: string, before: unknown, after: unknown, path = 'steps.0') =>
  entry(minute, who, { before: [{ path, before }], after: [{ path, text: 'Buyer step Acme changed', after }] })

const step = (price: number) => ({ id: 'acme', name: 'Acme', rules: { price } })

test('saves of one person that follow each other are one change, from what was to what is', () => {
  const told = gatherHistory([save(12, 'Pat', step(44), step(45), 'steps.1'), save(10, 'Pat', step(40), step(44))])
  expect(told).toMatchObject([{ who: 'Pat', changes: [{ kind: 'changed', before: step(40), after: step(45) }] }])
})

test('another person, or a long pause, begins a new one; what was taken back is not told', () => {
  const log = [
    save(60, 'Pat', step(41), step(42)),
    save(20, 'Pat', step(40), step(41)),
    save(12, 'Casey', step(41), step(40)),
    save(10, 'Casey', step(40), step(41)),
  ]
  expect(gatherHistory(log).map(({ who, changes }) => [who, changes.length])).toEqual([
    ['Pat', 1],
    ['Pat', 1],
  ])
})

test('the history of a step has that step only, its switch too', () => {
  const log = [
    entry(5, 'Pat', { action: 'flow.publish', after: { version: 2 } }),
    entry(4, 'Pat', { action: 'step.disable', subjectKind: 'step', subjectId: 'f/acme' }),
    save(3, 'Pat', { id: 'other' }, { id: 'other', name: 'x' }, 'steps.1'),
    save(2, 'Casey', undefined, step(40)),
  ]
  expect(gatherHistory(log, 'acme').map(({ action }) => action)).toEqual(['step.disable', 'flow.draft.save'])
  expect(gatherHistory(log).map(({ version }) => version)).toContain(2)
})
