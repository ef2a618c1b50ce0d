import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AFlow, aBuyer, aFlow, aRun, now, start } from '../fixtures'
import {
  advance,
  type Effect,
  type Run,
  type RunEvent,
  renderBatch,
  renderRequest,
  reserve,
  type Verdict,
} from '../index'

const minute = 60_000
type Parts = Parameters<typeof aBuyer>[1]

/** A buyer that takes leads in lists: every 15 minutes, or at 50. */
const aBatchBuyer = (id: string, more: Parts = {}, batch: object = {}) =>
  aBuyer(id, {
    connection: {
      method: 'manual',
      endpoint: { url: `https://${id}.example.com/leads` },
      request: {
        mappings: { event_id: '{{event_id}}', email: '{{lead.email}}' },
        batch: { minutes: 15, leads: 50, ...batch },
      },
    },
    ...more,
  })
const inOrder = (buyers: ReturnType<typeof aBuyer>[], more: object = {}) =>
  aFlow({ steps: [{ id: 'group', type: 'distribution', name: 'Group', buyers, ...more }] })

/** A lead under way, with the counters as its shell would keep them. */
function aLead(made: AFlow, isTest = false) {
  const used = new Map<string, number>()
  const take = (run: Run) => {
    for (const { key, delta } of run.moves?.counters ?? []) used.set(key, (used.get(key) ?? 0) + delta)
  }
  let at: { run: Run; effects: Effect[] } = { run: aRun(made, { email: 'ann@example.com' }, isTest), effects: [] }
  const tell = (event: RunEvent) => {
    at = advance(made.flow, made.source, at.run, event)
    const [effect] = at.effects
    if (effect?.kind === 'settle' || effect?.kind === 'hold') take(at.run)
    if (effect?.kind === 'reserve') {
      take(at.run)
      const reserved = reserve(effect.ask, { used: (key) => used.get(key) ?? 0, claimedAt: () => undefined })
      for (const { key, delta } of reserved.granted?.taken ?? []) used.set(key, (used.get(key) ?? 0) + delta)
      const { eventId } = effect
      tell({ kind: 'reserved', eventId, reserved, now: clock, nextEventId: eventId })
    }
    // As it is saved while it waits: what was given back is back.
    if (at.effects[0]?.kind === 'hold') {
      const { moves: _, ...run } = at.run
      at.run = run
    }
  }
  let clock = now
  let id = 1
  const eventId = () => `e${++id}`
  return {
    begin: () => tell(start),
    later: (ms: number) => {
      clock += ms
    },
    goesOut: (stepId: string) => tell({ kind: 'resume', batch: stepId, now: clock, nextEventId: eventId() }),
    resumes: (more: object = {}) => tell({ kind: 'resume', now: clock, nextEventId: eventId(), ...more }),
    placed: (size: number, batchId = 'b1', position = 1) => {
      const open = at.run.awaiting?.eventId ?? ''
      tell({ kind: 'batched', eventId: open, batch: { id: batchId, size, position }, now: clock })
    },
    answers: (verdict: Verdict, own = false) => {
      const open = at.run.awaiting?.eventId ?? ''
      tell({
        kind: 'answered',
        eventId: open,
        verdict,
        now: clock,
        nextEventId: eventId(),
        luck: 0,
        ...(own && { own }),
      })
    },
    redecides: (flow: AFlow) => {
      at = advance(flow.flow, flow.source, at.run, { kind: 'redecide', now: clock, nextEventId: eventId() })
    },
    dies: () => tell({ kind: 'lost', now: clock, nextEventId: eventId() }),
    drops: () => tell({ kind: 'drop', reason: 'Dropped', now: clock, nextEventId: eventId(), ends: true }),
    stops: () => tell({ kind: 'stop', reason: 'Flow is disabled', now: clock }),
    run: () => at.run,
    effect: () => at.effects[0],
    /** What counters hold of the lead. */
    held: () => [...used.values()].reduce((sum, one) => sum + one, 0),
  }
}

const accepted: Verdict = { outcome: 'accepted' }
const rejected: Verdict = { outcome: 'rejected', reason: 'No' }
const failed: Verdict = { outcome: 'error', reason: '503' }
const capped = { conditional_delivery: { caps: { daily: 1 } } }
const outcomesOf = ({ results }: Run) =>
  results.flatMap((result) => (result.type === 'buyer' ? [`${result.stepId} ${result.outcome}`] : []))

describe('a lead for a buyer that takes batches', () => {
  test('is put aside until its batch goes out, and says when that is', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme')] }))
    lead.begin()
    expect(lead.effect()).toEqual({
      kind: 'hold',
      until: now + 15 * minute,
      reason: 'Collected for Buyer acme, goes out by 13:45 or at 50 leads',
      stepId: 'acme',
      cause: 'batch',
      inBatch: true,
      collects: [{ stepId: 'acme', at: now + 15 * minute, most: 50 }],
    })
    expect(lead.run().status).toBe('pending')
  })

  test('goes out in its place, and its attempt says in which batch', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme')] }))
    lead.begin()
    lead.later(15 * minute)
    lead.goesOut('acme')
    expect(lead.effect()).toMatchObject({ kind: 'attempt', stepId: 'acme' })
    lead.placed(50, 'b1', 7)
    lead.answers(accepted)
    expect(lead.run()).toMatchObject({ outcome: 'success', status: 'final' })
    const [result] = lead.run().results
    expect(result).toMatchObject({ outcome: 'accepted', batch: { id: 'b1', size: 50, position: 7 } })
    expect(result?.trace.map(({ text }) => text)).toContain('Collected 13:30, sent 13:45 in a batch of 50')
  })

  test('that is a test goes at once, in the same format', () => {
    const made = aFlow({ steps: [aBatchBuyer('acme')] })
    const lead = aLead(made, true)
    lead.begin()
    const effect = lead.effect()
    expect(effect).toMatchObject({ kind: 'attempt', stepId: 'acme' })
    if (effect?.kind !== 'attempt') throw new Error('it is sent')
    const request = renderRequest(made.flow, lead.run(), { stepId: 'acme', eventId: effect.eventId, now })
    expect(JSON.parse(request?.body ?? '')).toEqual([{ event_id: 'TEST_e1', email: 'ann@example.com' }])
  })

  test('keeps its place in a cap while it waits and takes no second one; a refusal gives it back', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', capped)] }))
    lead.begin()
    expect(lead.held()).toBe(1)
    lead.goesOut('acme')
    expect(lead.effect()?.kind).toBe('attempt')
    expect(lead.held()).toBe(1)
    lead.placed(2)
    lead.answers(rejected)
    expect(lead.run().outcome).toBe('failure')
    expect(lead.held()).toBe(0)
  })

  test.each([
    ['dropped', (lead: ReturnType<typeof aLead>) => lead.drops()],
    ['of a flow that is switched off', (lead: ReturnType<typeof aLead>) => lead.stops()],
  ])('gives its place back when it is %s', (_, end) => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', capped)] }))
    lead.begin()
    end(lead)
    expect(lead.run()).toMatchObject({ state: 'done', outcome: 'failure' })
    expect(lead.held()).toBe(0)
  })

  test('that nothing was sent of is no unknown when its process dies: it waits on', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', capped)] }))
    lead.begin()
    lead.dies()
    expect(lead.effect()).toMatchObject({ kind: 'hold', cause: 'batch', until: now + 15 * minute })
    expect(lead.held()).toBe(1)
  })

  test('is unknown when its process dies after the batch was claimed, and keeps its place', () => {
    const lead = aLead(
      aFlow({ steps: [aBatchBuyer('acme', { ...capped, retry: { max_attempts: 3, first_delay: '1 minute' } })] }),
    )
    lead.begin()
    lead.goesOut('acme')
    lead.placed(3)
    lead.dies()
    expect(lead.run()).toMatchObject({ state: 'done', status: 'pending' })
    expect(outcomesOf(lead.run())).toEqual(['acme unknown'])
    expect(lead.held()).toBe(1)
  })

  test('waits for the opening where the buyer is closed by then, with its place, and is collected anew', () => {
    const times = {
      timezone: 'America/New_York',
      days: ['Wed', 'Thu'],
      hours: { start: '09:00', end: '13:40' },
      outside_hours: 'queue',
    }
    const lead = aLead(
      aFlow({
        steps: [
          aBatchBuyer('acme', { conditional_delivery: { caps: { daily: 1 }, time_restrictions: times } } as Parts),
        ],
      }),
    )
    lead.begin()
    lead.later(15 * minute)
    lead.goesOut('acme')
    const held = lead.effect()
    expect(held).toMatchObject({ kind: 'hold', cause: 'hours' })
    expect(held).not.toHaveProperty('collects')
    lead.later(20 * 60 * minute)
    lead.resumes()
    expect(lead.effect()).toMatchObject({ kind: 'hold', cause: 'batch' })
    expect(lead.held()).toBe(1)
    lead.goesOut('acme')
    lead.placed(1)
    lead.answers(accepted)
    expect(lead.run().outcome).toBe('success')
    expect(lead.held()).toBe(1)
  })

  test('whose buyer is paused just before it goes out is decided again, under the same event id', () => {
    const steps = [aBatchBuyer('acme', capped)]
    const lead = aLead(aFlow({ steps }))
    lead.begin()
    lead.goesOut('acme')
    lead.placed(2)
    const eventId = lead.run().awaiting?.eventId
    lead.redecides(aFlow({ steps }))
    expect(lead.effect()).toMatchObject({ kind: 'attempt', eventId })
    lead.placed(1)
    const said = lead.run().awaiting?.trace.filter(({ text }) => text.includes('batch'))
    expect(said).toHaveLength(1)
    lead.redecides(aFlow({ steps, targets: { acme: { active: false, recipient: 'Acme' } } }))
    expect(outcomesOf(lead.run())).toEqual(['acme skipped'])
    expect(lead.run().moves?.counters.map(({ delta }) => delta)).toEqual([-1])
  })
})

describe('a batch that failed', () => {
  const retry = { max_attempts: 3, first_delay: '1 minute' }

  test('as a whole is tried again with the same id, by leads of the same event ids', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', { retry } as Parts)] }))
    lead.begin()
    lead.goesOut('acme')
    lead.placed(50, 'b1')
    const eventId = lead.run().awaiting?.eventId
    lead.answers(failed)
    expect(lead.effect()).toMatchObject({
      kind: 'hold',
      cause: 'retry',
      inBatch: true,
      collects: [{ stepId: 'acme', batchId: 'b1', at: now + minute }],
    })
    lead.later(minute)
    lead.resumes()
    expect(lead.effect()?.kind).toBe('hold')
    lead.goesOut('acme')
    expect(lead.effect()).toMatchObject({ kind: 'attempt', eventId })
    lead.placed(50, 'b1')
    lead.answers(accepted)
    expect(lead.run().outcome).toBe('success')
    expect(lead.run().results.at(-1)).toMatchObject({ tries: 2, batch: { id: 'b1' } })
  })

  test('for one of its leads alone lets that one come again with the next batch', () => {
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', { retry } as Parts)] }))
    lead.begin()
    lead.goesOut('acme')
    lead.placed(50, 'b1')
    lead.answers(failed, true)
    expect(lead.effect()).not.toHaveProperty('collects')
    lead.later(minute)
    lead.resumes()
    expect(lead.effect()).toMatchObject({ kind: 'hold', collects: [{ stepId: 'acme', most: 50 }] })
  })

  test('without a word is not sent again by itself: the buyer may have it', () => {
    const failover = {
      failover_chain: [{ action: 'queue_for_retry', retry_after: '5 minutes' }],
      failure_detection: { timeout_ms: 5000 },
    }
    const lead = aLead(aFlow({ steps: [aBatchBuyer('acme', { failover } as Parts)] }))
    lead.begin()
    lead.goesOut('acme')
    lead.placed(2)
    lead.answers({ outcome: 'unknown' })
    expect(lead.run()).toMatchObject({ state: 'done', status: 'pending' })
  })
})

describe('in a distribution', () => {
  test('a place that is collected for is offered to nobody else, until the buyer refuses', () => {
    const lead = aLead(inOrder([aBatchBuyer('acme'), aBuyer('other')]))
    lead.begin()
    expect(lead.effect()?.kind).toBe('hold')
    lead.goesOut('acme')
    lead.placed(9)
    lead.answers(rejected)
    expect(lead.effect()).toMatchObject({ kind: 'attempt', stepId: 'other' })
    lead.answers(accepted)
    expect(outcomesOf(lead.run())).toEqual(['acme rejected', 'other accepted'])
  })

  test('that sells to two, the others do not wait for the batch', () => {
    const lead = aLead(inOrder([aBatchBuyer('acme'), aBuyer('other'), aBuyer('third')], { sell_to: 2 }))
    lead.begin()
    expect(lead.effect()).toMatchObject({ kind: 'attempt', stepId: 'other' })
    lead.answers(accepted)
    expect(lead.effect()).toMatchObject({ kind: 'hold', cause: 'batch' })
    lead.goesOut('acme')
    lead.placed(2)
    lead.answers(accepted)
    expect(outcomesOf(lead.run())).toEqual(['other accepted', 'acme accepted'])
  })

  test('two buyers collect it, each for its own batch', () => {
    const lead = aLead(inOrder([aBatchBuyer('acme'), aBatchBuyer('slow', {}, { minutes: 60 })], { sell_to: 2 }))
    lead.begin()
    expect(lead.effect()).toMatchObject({
      collects: [{ stepId: 'acme' }, { stepId: 'slow' }],
      until: now + 15 * minute,
    })
    lead.later(15 * minute)
    lead.goesOut('acme')
    lead.placed(2)
    lead.answers(accepted)
    expect(lead.effect()).toMatchObject({ collects: [{ stepId: 'slow' }], until: now + 60 * minute })
    lead.goesOut('slow')
    lead.placed(2)
    lead.answers(accepted)
    expect(outcomesOf(lead.run())).toEqual(['acme accepted', 'slow accepted'])
  })

  test('a person sends it to another buyer meanwhile: nobody else gets it, and its place is free', () => {
    const lead = aLead(inOrder([aBatchBuyer('acme', capped), aBuyer('other')]))
    lead.begin()
    lead.resumes({ to: 'other' })
    expect(lead.effect()).toMatchObject({ kind: 'attempt', stepId: 'other' })
    lead.answers(accepted)
    expect(lead.run()).toMatchObject({ state: 'done', outcome: 'success' })
    expect(outcomesOf(lead.run())).toEqual(['other accepted'])
    expect(lead.held()).toBe(0)
  })
})

describe('whatever happens to a lead that two batches of a shared sale collect', () => {
  const buyers = [
    aBatchBuyer('acme', { ...capped, retry: { max_attempts: 2, first_delay: '1 minute' } } as Parts),
    aBatchBuyer('slow', capped, { minutes: 60 }),
    aBuyer('other', capped),
    aBuyer('third', capped),
  ]
  const verdicts: Verdict[] = [accepted, rejected, failed, { outcome: 'unknown' }]
  const move = fc.oneof(
    fc.record({ does: fc.constantFrom('goesOut' as const), step: fc.constantFrom('acme', 'slow') }),
    fc.record({ does: fc.constant('answers' as const), verdict: fc.constantFrom(...verdicts), own: fc.boolean() }),
    fc.record({
      does: fc.constantFrom('resumes' as const, 'sends' as const, 'dies' as const, 'drops' as const, 'stops' as const),
    }),
  )

  type Lead = ReturnType<typeof aLead>
  type Move = { does: string; step?: string; verdict?: Verdict; own?: boolean }

  /** What an open attempt can meet, and what a lead that waits. */
  const met: Record<string, (lead: Lead, move: Move) => void> = {
    answers: (lead, { verdict = accepted, own }) => lead.answers(verdict, own),
    dies: (lead) => lead.dies(),
  }
  const waits: Record<string, (lead: Lead, move: Move) => void> = {
    resumes: (lead) => lead.resumes(),
    sends: (lead) => lead.resumes({ to: 'third' }),
    drops: (lead) => lead.drops(),
    stops: (lead) => lead.stops(),
    goesOut: (lead, { step = 'acme' }) => {
      lead.goesOut(step)
      if (lead.run().awaiting?.offer?.goesOut) lead.placed(2)
    },
  }
  const act = (lead: Lead, move: Move) => (lead.run().awaiting ? met : waits)[move.does]?.(lead, move)

  test('it is sold to two at the most, and caps hold exactly what was sold or may be', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const lead = aLead(inOrder(buyers, { sell_to: 2 }))
        lead.begin()
        for (const one of moves) {
          lead.later(minute)
          if (lead.run().state !== 'done') act(lead, one)
        }
        const run = lead.run()
        const last = new Map(
          run.results.flatMap((one) => (one.type === 'buyer' ? [[one.stepId, one.outcome]] : [])) as [string, string][],
        )
        const theirs = [...last.values()].filter((outcome) => outcome === 'accepted' || outcome === 'unknown').length
        expect(theirs).toBeLessThanOrEqual(2)
        if (run.state === 'done') expect(lead.held()).toBe(theirs)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the request of a batch', () => {
  const bodyOf = (batch: object, more: object = {}) => {
    const made = aFlow({
      steps: [
        aBuyer('acme', {
          connection: {
            method: 'manual',
            endpoint: { url: 'https://acme.example.com/leads' },
            request: {
              mappings: { id: '{{event_id}}', 'who.email': '{{lead.email}}' },
              batch: { minutes: 15, leads: 50, ...batch },
              ...more,
            },
          },
        } as Parts),
      ],
    })
    const leads = ['ann@example.com', 'bob, "b"@example.com'].map((email, index) => ({
      run: aRun(made, { email }),
      eventId: `e${index + 1}`,
    }))
    return renderBatch(made.flow, leads, { stepId: 'acme', batchId: 'b1', now })
  }
  const list = [
    { id: 'e1', who: { email: 'ann@example.com' } },
    { id: 'e2', who: { email: 'bob, "b"@example.com' } },
  ]

  test.each([
    ['is a list', {}, list],
    ['has the list under a name', { name: 'data.leads' }, { data: { leads: list } }],
    [
      'stands in an envelope',
      { envelope: '{"batch":"{{batch_id}}","count":{{ batch_size }},"at":"{{event_timestamp}}","rows":{{leads}}}' },
      { batch: 'b1', count: 2, at: '2026-01-14T18:30:00.000Z', rows: list },
    ],
  ])('%s', (_, batch, expected) => {
    expect(JSON.parse(bodyOf(batch)?.body ?? '')).toEqual(expected)
  })

  test('in XML has one element around those of the leads', () => {
    const { body } = bodyOf({ name: 'batch version="1"' }, { format: 'xml', root: 'lead' }) ?? {}
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<batch version="1"><lead><id>e1</id><who><email>ann@example.com</email></who></lead><lead><id>e2</id><who><email>bob, "b"@example.com</email></who></lead></batch>',
    )
  })

  test('in CSV has a line of names, whatever the leads lack', () => {
    const mappings = { id: '{{event_id}}', state: '{{lead.state}}', email: '{{lead.email}}' }
    const request = bodyOf({ csv: true }, { mappings })
    expect(request?.headers['Content-Type']).toBe('text/csv; charset=utf-8')
    expect(request?.body).toBe('id,state,email\r\ne1,,ann@example.com\r\ne2,,"bob, ""b""@example.com"\r\n')
  })
})
