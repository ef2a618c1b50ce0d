import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Breaker,
  type BreakerEvent,
  type BreakerSettings,
  breakerOf,
  breakerWords,
  moveBreaker,
  standingOf,
  untouched,
} from './breaker'

const minute = 60_000
const settings: BreakerSettings = { threshold: 3, windowMs: 5 * minute, recoveryMs: 30 * minute, inARow: false }
const fails = (eventId = 'e', of = settings): BreakerEvent => ({ kind: 'failed', eventId, settings: of })
const answers = (eventId = 'e'): BreakerEvent => ({ kind: 'answered', eventId })
const probes = (eventId: string): BreakerEvent => ({ kind: 'probe', eventId, forMs: 10_000 })
const played = (events: [BreakerEvent, number][], from: Breaker = untouched) =>
  events.reduce((breaker, [event, at]) => moveBreaker(breaker, event, at), from)
const start = 1_768_415_400_000
const open = () => played([0, 1, 2].map((at) => [fails(), start + at]))

describe('a circuit', () => {
  test('opens with the last failure that its window allows, and says until when', () => {
    expect(standingOf(played([0, 1].map((at) => [fails(), start + at])), start + 2)).toBe('closed')
    expect(standingOf(open(), start + 3)).toBe('open')
    expect(breakerWords(open(), start + 3, 'Europe/London')).toBe(
      'Circuit open after 3 failures, next try 19:00 London',
    )
  })

  test('forgets failures that are older than its window', () => {
    const slow = played([0, 3, 6, 9].map((minutes) => [fails(), start + minutes * minute]))
    expect(standingOf(slow, start + 9 * minute)).toBe('closed')
  })

  test('of a step that says nothing opens only where nothing was answered between the failures', () => {
    const unsaid = breakerOf(undefined)
    if (!unsaid) throw new Error('there is a breaker unless it is switched off')
    const rows = Array.from({ length: 30 }, (_, at): [BreakerEvent, number] => [fails('e', unsaid), start + at])
    expect(standingOf(played(rows), start + 31)).toBe('open')
    const mixed = rows.map(([event, at], index): [BreakerEvent, number] => [index % 9 === 8 ? answers() : event, at])
    expect(standingOf(played(mixed), start + 31)).toBe('closed')
  })

  test('is switched off by false', () => {
    expect(breakerOf(false)).toBeUndefined()
  })

  test('lets one lead try it when its time has come, and nobody beside it', () => {
    const due = start + 2 + settings.recoveryMs
    expect(played([[probes('early'), due - 1]], open()).door.state).toBe('open')
    const trying = played(
      [
        [probes('one'), due],
        [probes('two'), due + 1],
      ],
      open(),
    )
    expect(trying.door).toMatchObject({ state: 'probing', eventId: 'one' })
    expect(standingOf(trying, due + 1)).toBe('probing')
  })

  test('closes when the try is answered, and opens again for as long when it fails', () => {
    const due = start + 2 + settings.recoveryMs
    const trying = played([[probes('one'), due]], open())
    expect(played([[answers('one'), due + 100]], trying).door).toEqual({ state: 'closed' })
    expect(played([[fails('one'), due + 100]], trying).door).toMatchObject({
      state: 'open',
      until: due + 100 + settings.recoveryMs,
      failures: 4,
    })
  })

  test('hears only the try: what was under way when it opened says nothing', () => {
    const due = start + 2 + settings.recoveryMs
    expect(played([[answers('late'), start + 10]], open()).door.state).toBe('open')
    expect(played([[fails('late'), start + 10]], open())).toEqual(open())
    const trying = played([[probes('one'), due]], open())
    expect(played([[answers('late'), due + 10]], trying)).toEqual(trying)
  })

  test('may be tried again when the one who tried was never heard of again', () => {
    const due = start + 2 + settings.recoveryMs
    const trying = played([[probes('lost'), due]], open())
    expect(standingOf(trying, due + 10_000)).toBe('due')
    expect(played([[probes('next'), due + 10_000]], trying).door).toMatchObject({ state: 'probing', eventId: 'next' })
  })

  test('stands as a person holds it, until it is reset', () => {
    const heldOpen = played([[{ kind: 'hold', as: 'open' }, start]])
    expect(
      standingOf(
        played(
          [
            [answers(), start],
            [probes('one'), start + 90 * minute],
          ],
          heldOpen,
        ),
        start,
      ),
    ).toBe('held open')
    const heldClosed = played([[{ kind: 'hold', as: 'closed' }, start]], open())
    expect(breakerWords(heldClosed, start, 'UTC')).toBeUndefined()
    expect(played([[{ kind: 'reset' }, start]], heldClosed)).toEqual(untouched)
  })
})

/** What a breaker is to be, said the slow way: all that ever happened, looked through from the start each time. */
type Happened = { at: number; event: BreakerEvent }
type Heard = Extract<BreakerEvent, { kind: 'failed' | 'answered' }>
type Model = {
  /** The first of what happened that counts. */
  since: number
  open?: { until: number; recoveryMs: number }
  probe?: { id: string; until: number }
  held?: string
}

const strict: BreakerSettings = { threshold: 3, windowMs: 100, recoveryMs: 50, inARow: false }
const mild: BreakerSettings = { threshold: 5, windowMs: 300, recoveryMs: 200, inARow: false }
const inARow: BreakerSettings = { threshold: 4, windowMs: 200, recoveryMs: 80, inARow: true }

function failuresThatCount(happened: Happened[], of: BreakerSettings, at: number): number {
  const lastAnswer = of.inARow ? happened.findLast(({ event }) => event.kind === 'answered')?.at : undefined
  return happened.filter(
    (one) => one.event.kind === 'failed' && one.at > at - of.windowMs && one.at > (lastAnswer ?? 0),
  ).length
}

function tried(is: Model, { eventId, forMs }: Extract<BreakerEvent, { kind: 'probe' }>, at: number): Model {
  const freeAt = is.probe?.until ?? is.open?.until
  return freeAt !== undefined && at >= freeAt ? { ...is, probe: { id: eventId, until: at + forMs } } : is
}

function tryEnded({ probe, ...is }: Model, event: Heard, at: number, index: number): Model {
  if (probe?.id !== event.eventId) return { ...is, ...(probe && { probe }) }
  if (event.kind === 'answered') return { since: index }
  return { ...is, ...(is.open && { open: { ...is.open, until: at + is.open.recoveryMs } }) }
}

function heardClosed(is: Model, happened: Happened[], event: Heard, at: number): Model {
  if (event.kind === 'answered' || is.open) return is
  const { settings: of } = event
  const isTooMuch = failuresThatCount(happened.slice(is.since), of, at) >= of.threshold
  return isTooMuch ? { ...is, open: { until: at + of.recoveryMs, recoveryMs: of.recoveryMs } } : is
}

function next(is: Model, happened: Happened[]): Model {
  const index = happened.length - 1
  const { at, event } = happened[index] as Happened
  if (event.kind === 'hold') return { ...is, held: event.as }
  if (event.kind === 'reset') return { since: index + 1 }
  if (is.held) return is
  if (event.kind === 'probe') return tried(is, event, at)
  return is.probe ? tryEnded(is, event, at, index) : heardClosed(is, happened, event, at)
}

const model = (happened: Happened[]): Model =>
  happened.reduce((is: Model, _, index) => next(is, happened.slice(0, index + 1)), { since: 0 })

const doorOf = ({ open: isOpen, probe }: Model) => {
  if (probe) return { state: 'probing', until: probe.until, eventId: probe.id }
  return isOpen ? { state: 'open', until: isOpen.until } : { state: 'closed' }
}

const ids = fc.constantFrom('a', 'b', 'c')
const eventOf = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('failed' as const),
      eventId: ids,
      settings: fc.constantFrom(strict, mild, inARow),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answered' as const), eventId: ids }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('probe' as const), eventId: ids, forMs: fc.constantFrom(20, 60) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      as: fc.constantFrom('open' as const, 'closed' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reset' as const }) },
)
const story = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), eventOf), { maxLength: 60 })

describe('whatever happens to a target', () => {
  test('its breaker is what all that happened says', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let at = 1_000
        let breaker = untouched
        const happened: Happened[] = []
        for (const [pause, event] of steps) {
          at += pause
          breaker = moveBreaker(breaker, event, at)
          happened.push({ at, event })
          const expected = model(happened)
          expect(breaker.held).toBe(expected.held)
          expect(breaker.door).toMatchObject(doorOf(expected))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('it is never tried by two at a time, and never before its time', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let at = 1_000
        let breaker = untouched
        for (const [pause, event] of steps) {
          at += pause
          const before = breaker
          breaker = moveBreaker(breaker, event, at)
          if (event.kind !== 'probe' || breaker === before) continue
          expect(before.held).toBeUndefined()
          expect(at).toBeGreaterThanOrEqual(
            before.door.state === 'closed' ? Number.POSITIVE_INFINITY : before.door.until,
          )
        }
      }),
    )
  })

  test('what is kept of it stays small', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 300 }), (pauses) => {
        let at = 1_000
        let breaker = untouched
        const patient = { ...strict, threshold: 50, windowMs: 1_000_000 }
        for (const pause of pauses) {
          at += pause
          breaker = moveBreaker(breaker, fails('e', patient), at)
        }
        expect(breaker.failures.length).toBeLessThanOrEqual(50)
      }),
    )
  })
})
