import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AFlow, aBuyer, aFlow, aRun, inputOf, now, says } from '../fixtures'
import {
  type Answer,
  advance,
  checkFlow,
  compileFlow,
  DestinationConfig,
  type Effect,
  type FlowDocumentInput,
  MemoryCounters,
  type PingAnswer,
  type Run,
  type RunEvent,
  readAnswer,
  renderPing,
  renderRequest,
  renderSample,
  type Verdict,
} from '../index'

type Steps = NonNullable<FlowDocumentInput['steps']>
type Buyer = ReturnType<typeof aBuyer>

const hourMs = 3_600_000
const response = {
  success_codes: [200],
  parser: { success_path: 'status', success_value: 'bid', price_path: 'price', id_path: 'ping', reason_path: 'why' },
}
/** A buyer that is pinged with the state alone, and gets the lead with the ping's reference. */
const pings = (id: string, more: Partial<Buyer> = {}): Buyer => ({
  ...aBuyer(id),
  connection: {
    method: 'manual',
    endpoint: { url: `https://${id}.example.com/leads` },
    request: { mappings: { email: '{{lead.email}}', ping: '{{ping.id}}', bid: '{{ping.price}}', price: '{{price}}' } },
  },
  ping: {
    endpoint: { url: `https://${id}.example.com/ping` },
    request: { mappings: { state: '{{lead.state}}' } },
    response,
  },
  ...more,
})
const document = (buyers: object[], more: object = {}): { steps: Steps } => ({
  steps: [
    { id: 'auction', type: 'distribution', name: 'Auction', strategy: 'highest_price', buyers, ...more },
  ] as unknown as Steps,
})
const anAuction = (buyers: object[], more: object = {}) => aFlow(document(buyers, more))
const bid = (price: number, more: object = {}): Answer =>
  says(200, { status: 'bid', price, ping: `ref-${price}`, ...more })
const silent: Answer = { kind: 'no-answer', message: 'No answer within 1200 ms' }

type Table = {
  made: AFlow
  bids: Record<string, Answer>
  verdicts?: Record<string, Verdict['outcome']>
  counters?: MemoryCounters
}
type At = { run: Run; effects: Effect[] }
type Asked = Extract<Effect, { kind: 'ping' }>

/** What buyers say to their pings; who says nothing takes the whole time. */
const answersTo = ({ made, bids }: Table, run: Run, { stepIds, withinMs }: Asked): PingAnswer[] =>
  stepIds.map((stepId) => {
    const eventId = `ping-${stepId}`
    const request = renderPing(made.flow, run, { stepId, eventId, now, withinMs })
    const answer = bids[stepId] ?? silent
    const verdict = readAnswer(request?.response ?? { success_codes: [200] }, answer)
    return { stepId, eventId, verdict, startedAt: now, endedAt: now + (answer === silent ? withinMs : 40), withinMs }
  })

/** Carries a lead on, and notes which steps were pinged and which got the lead, with what. */
function play(table: Table, begun: At, time = now) {
  const { made, verdicts = {}, counters = new MemoryCounters() } = table
  const pinged: string[][] = []
  const sent: { stepId: string; body: unknown }[] = []
  let at = begun
  for (let next = 2; next < 50; next++) {
    const [effect] = at.effects
    const nextEventId = `e${next}`
    if (effect?.kind === 'ping') {
      pinged.push(effect.stepIds)
      const answers = answersTo(table, at.run, effect)
      const event = { kind: 'pinged', eventId: effect.eventId, answers, now: time, nextEventId } as const
      at = advance(made.flow, made.source, at.run, event)
    } else if (effect?.kind === 'reserve') {
      const reserved = counters.reserve(effect.ask, at.run.leadId, time)
      const event = { kind: 'reserved', eventId: effect.eventId, reserved, now: time, nextEventId } as const
      at = advance(made.flow, made.source, at.run, event)
    } else if (effect?.kind === 'attempt') {
      const { stepId, eventId } = effect
      const request = renderRequest(made.flow, at.run, { stepId, eventId, now: time })
      sent.push({ stepId, body: JSON.parse(request?.body ?? '{}') })
      const verdict: Verdict = { outcome: verdicts[stepId] ?? 'accepted' }
      at = advance(made.flow, made.source, at.run, { kind: 'answered', eventId, verdict, now: time, nextEventId })
    } else break
  }
  return { run: at.run, pinged, sent, to: sent.map(({ stepId }) => stepId) }
}
const begin = ({ flow, source }: AFlow, run: Run): At =>
  advance(flow, source, run, { kind: 'start', now, nextEventId: 'e1' })
const send = (table: Table) => play(table, begin(table.made, aRun(table.made, { state: 'CA', email: 'a@example.com' })))
const consideredOf = (run: Run) =>
  run.results.flatMap((result) =>
    result.type === 'distribution' ? result.considered.map(({ stepId, reason }) => `${stepId}: ${reason}`) : [],
  )

describe('an auction', () => {
  const made = anAuction([pings('a'), pings('b'), pings('c')])

  test('pings all at once, and posts to the highest bid with the reference of its ping', () => {
    const { pinged, sent, run } = send({ made, bids: { a: bid(20), b: bid(45.5), c: bid(30) } })
    expect(pinged).toEqual([['a', 'b', 'c']])
    expect(sent).toEqual([{ stepId: 'b', body: { email: 'a@example.com', ping: 'ref-45.5', bid: 45.5, price: 45.5 } }])
    expect(run.revenueCents).toBe(4550)
    expect(consideredOf(run)).toEqual([
      'a: Bids $20.00, not needed: sold to Buyer b',
      'c: Bids $30.00, not needed: sold to Buyer b',
    ])
  })

  test('shows a buyer no more than its ping says', () => {
    const at = begin(made, aRun(made, { state: 'CA', email: 'a@example.com' }))
    const request = renderPing(made.flow, at.run, { stepId: 'a', eventId: 'p1', now, withinMs: 1200 })
    expect(request).toMatchObject({ url: 'https://a.example.com/ping', body: '{"state":"CA"}', timeoutMs: 1200 })
    expect(request?.sentFields).toEqual(['state'])
  })

  test('goes on to the next best when the best refuses the post', () => {
    const table = { made, bids: { a: bid(20), b: bid(45), c: bid(30) } }
    const { to, run } = send({ ...table, verdicts: { b: 'rejected', c: 'rejected' } })
    expect(to).toEqual(['b', 'c', 'a'])
    expect(run.revenueCents).toBe(2000)
  })

  test('does not wait for a buyer that says nothing, and says so of it', () => {
    const short = anAuction([pings('a'), pings('b'), pings('c')], { bids_within_seconds: 1.2 })
    const { to, run } = send({
      made: short,
      bids: { a: bid(20), c: says(200, { status: 'no', why: 'Not in CA' }) },
    })
    expect(to).toEqual(['a'])
    expect(consideredOf(run)).toEqual(['b: No bid in 1.2 s', 'c: Declined the ping: Not in CA'])
    expect(
      run.results.flatMap((one) => (one.type === 'ping' ? [[one.stepId, one.outcome, one.bidCents]] : [])),
    ).toEqual([
      ['a', 'bid', 2000],
      ['b', 'error', undefined],
      ['c', 'no_bid', undefined],
    ])
  })

  test('sells to nobody when nobody bids', () => {
    const { to, run } = send({ made, bids: { a: bid(0), b: says(200, { status: 'bid' }), c: silent } })
    expect(to).toEqual([])
    expect(run).toMatchObject({ outcome: 'failure', reason: 'Bids nothing' })
    expect(consideredOf(run)).toEqual(['a: Bids nothing', 'b: Names no bid', 'c: No bid in 3 s'])
  })

  test('pings nobody that could not have the lead', () => {
    const flow = anAuction([
      pings('a', { eligible_when: "lead.state == 'NY'" }),
      pings('b', { rules: { active: false } }),
      pings('c'),
    ])
    expect(send({ made: flow, bids: { c: bid(10) } }).pinged).toEqual([['c']])
  })

  test('has buyers with a fixed price among those that bid', () => {
    const fixed = { ...aBuyer('fixed'), rules: { active: true, price: 35 } }
    const flow = anAuction([pings('a'), fixed])
    expect(send({ made: flow, bids: { a: bid(34) } }).to).toEqual(['fixed'])
    expect(send({ made: flow, bids: { a: bid(36) } }).to).toEqual(['a'])
  })

  test('counts a group within it as its best bid, and asks in its order', () => {
    const inner = { id: 'inner', type: 'distribution', name: 'Inner', strategy: 'highest_price' }
    const flow = anAuction([pings('a'), { ...inner, buyers: [pings('b'), pings('c')] }])
    const refused = { b: 'rejected', c: 'rejected', a: 'rejected' } as const
    const { pinged, to } = send({ made: flow, bids: { a: bid(30), b: bid(20), c: bid(40) }, verdicts: refused })
    expect(pinged).toEqual([['a', 'b', 'c']])
    expect(to).toEqual(['c', 'b', 'a'])
  })

  test('in a lower group is held only when its turn comes', () => {
    const inner = { id: 'inner', type: 'distribution', name: 'Inner', strategy: 'highest_price', buyers: [pings('a')] }
    const flow = anAuction([aBuyer('first'), inner], { strategy: 'priority' })
    expect(send({ made: flow, bids: { a: bid(30) } })).toMatchObject({ pinged: [], to: ['first'] })
    const table: Table = { made: flow, bids: { a: bid(30) }, verdicts: { first: 'rejected' } }
    expect(send(table)).toMatchObject({ pinged: [['a']], to: ['first', 'a'] })
  })

  test('takes nothing from caps for a ping, and the bid from the cap in money', () => {
    const capped = pings('a', { conditional_delivery: { caps: { daily_spend: 50 } } })
    const flow = anAuction([capped, pings('b')])
    const table: Table = { made: flow, bids: { a: bid(30), b: bid(10) }, counters: new MemoryCounters() }
    const [first, second] = [send(table), send(table)]
    expect([first.to, second.to]).toEqual([['a'], ['b']])
    expect(second.pinged).toEqual([['a', 'b']])
  })

  test('is held anew when its process dies meanwhile: a ping has sold nothing', () => {
    const begun = begin(made, aRun(made, { state: 'CA' }))
    const lost = advance(made.flow, made.source, begun.run, { kind: 'lost', now, nextEventId: 'e9' })
    expect(lost.effects).toMatchObject([{ kind: 'ping', eventId: 'e9', stepIds: ['a', 'b', 'c'] }])
    const late: RunEvent = { kind: 'pinged', eventId: 'e1', answers: [], now, nextEventId: 'e10' }
    expect(advance(made.flow, made.source, lost.run, late).effects).toEqual([])
  })

  test('asks once more after the lead has waited: a bid does not outlast it', () => {
    const full = pings('a', { conditional_delivery: { caps: { hourly: 1, when_exceeded: { action: 'queue' } } } })
    const flow = anAuction([full])
    const counters = new MemoryCounters()
    const table: Table = { made: flow, bids: { a: bid(30) }, counters }
    expect(send(table).to).toEqual(['a'])
    const held = send(table).run
    expect(held.state).toBe('held')
    const later = now + 2 * hourMs
    const woken = advance(flow.flow, flow.source, held, { kind: 'resume', now: later, nextEventId: 'e1' })
    const { pinged, run } = play({ ...table, bids: { a: bid(25) } }, woken, later)
    expect(pinged).toEqual([['a']])
    expect(run.revenueCents).toBe(2500)
  })

  test('leaves half of the time of its step for the posts', () => {
    const flow = anAuction([pings('a')], { time_budget_seconds: 4, bids_within_seconds: 10 })
    expect(begin(flow, aRun(flow)).effects).toMatchObject([{ kind: 'ping', withinMs: 2000 }])
  })
})

test('whatever buyers bid, and whoever refuses the lead then: it goes to the best bid that takes it, at that price', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const made = anAuction(ids.map((id) => pings(id)))
  const aBuyerSays = fc.record({
    bid: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constant(undefined)),
    takes: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(aBuyerSays, { minLength: ids.length, maxLength: ids.length }), (said) => {
      const bids: Record<string, Answer> = {}
      const verdicts: Record<string, Verdict['outcome']> = {}
      for (const [at, { bid: cents, takes }] of said.entries()) {
        const id = ids[at] ?? ''
        if (cents !== undefined) bids[id] = bid(cents / 100)
        verdicts[id] = takes ? 'accepted' : 'rejected'
      }
      const { run, to, pinged } = send({ made, bids, verdicts })
      const most = Math.max(0, ...said.flatMap(({ bid: cents, takes }) => (takes && cents ? [cents] : [])))
      expect(pinged).toEqual([ids])
      expect(run.revenueCents).toBe(most)
      const asked = to.map((id) => said[ids.indexOf(id)]?.bid ?? 0)
      expect(asked).toEqual(asked.toSorted((one, other) => other - one))
      expect(asked.every((cents) => cents >= most)).toBe(true)
      expect(new Set(run.results.flatMap((one) => (one.type === 'ping' ? [one.stepId] : []))).size).toBe(ids.length)
    }),
    { numRuns: 200 },
  )
})

describe('a buyer that was invited', () => {
  const config = DestinationConfig.parse({
    endpoint: { url: 'https://inv.example.com/leads', headers: { 'X-Mail': '{{lead.email}}' } },
    request: { mappings: { email: '{{lead.email}}', ping: '{{ping.id}}', slot: '{{ping.slot}}' } },
    response: { success_codes: [200] },
    ping: {
      endpoint: { url: 'https://bids.example.com/?who={{lead.email}}' },
      request: { mappings: { mail: '{{lead.email}}', in: '{{lead.state}}', zip: '{{lead.postal_code}}' } },
      response: { ...response, capture: { slot: 'slot' } },
    },
  })
  const invited = (more: object = {}) => ({
    ...aBuyer('inv'),
    connection: { method: 'invite', shared_fields: ['email', 'state'], ...more },
    rules: { active: true, price: 20 },
  })
  const target = { active: true, recipient: 'Inv', sharedFields: ['email', 'state'] }
  const among = (step: object, ping: object | undefined) => {
    const { ping: own, ...rest } = config
    const targets = { inv: { ...target, config: { ...rest, ...(own && ping && { ping: { ...own, ...ping } }) } } }
    return aFlow({ ...document([step, pings('b')]), targets })
  }
  const bids = { inv: bid(50, { slot: 's-1' }), b: bid(30) }
  const ana = { email: 'ana@example.com', state: 'CA', postal_code: '90001' }
  const asked = (made: AFlow) =>
    renderPing(made.flow, aRun(made, ana), { stepId: 'inv', eventId: 'p', now, withinMs: 900 })

  test('bids by its own ping, is told what is shared and names nobody, and gets the lead with its reference', () => {
    const made = among(invited(), {})
    const request = asked(made)
    expect(request?.body).toBe('{"in":"CA"}')
    expect(request).toMatchObject({ url: 'https://bids.example.com/?who=', sentFields: ['state'], timeoutMs: 900 })
    expect(request?.headers).not.toHaveProperty('X-Mail')
    const { pinged, sent } = send({ made, bids })
    expect(pinged).toEqual([['inv', 'b']])
    expect(sent).toMatchObject([{ stepId: 'inv', body: { email: 'a@example.com', ping: 'ref-50', slot: 's-1' } }])
  })

  test('is not held to the bid of the buyer that had its step before, and learns nothing of it', () => {
    const through = (connectionId: string) => {
      const made = among(invited(), {})
      const targets = { inv: { ...target, config, connectionId, buyerAccountId: `account of ${connectionId}` } }
      return { ...made, flow: compileFlow({ ...made.flow, targets }) }
    }
    const [before, after] = [through('first'), through('second')]
    const { run } = send({ made: before, bids })
    const lead = { ...aRun(after, { state: 'CA', email: 'a@example.com' }), ...(run.bids && { bids: run.bids }) }
    expect(play({ made: before, bids: {} }, begin(before, lead))).toMatchObject({ pinged: [], to: ['inv'] })
    const { pinged, sent, run: sold } = play({ made: after, bids: { inv: bid(40) } }, begin(after, lead))
    expect(pinged).toEqual([['inv']])
    expect(sent).toMatchObject([{ stepId: 'inv', body: { ping: 'ref-40' } }])
    expect(JSON.stringify(sent)).not.toContain('s-1')
    expect(sold.revenueCents).toBe(4000)
  })

  test('stands among the others with its price where it has no ping, has switched it off, or may be told nothing', () => {
    for (const made of [
      among(invited(), undefined),
      among(invited(), { active: false }),
      among(invited({ ping_fields: [] }), {}),
    ]) {
      const { pinged, to, run } = send({ made, bids: { ...bids, b: bid(15) } })
      expect(pinged).toEqual([['b']])
      expect([to, run.revenueCents]).toEqual([['inv'], 2000])
    }
  })

  test('is waited for: nothing is wrong with a time for bids, but with a field that is told and not shared', () => {
    const targets = { inv: { ...target, config } }
    const found = (step: object) =>
      checkFlow(inputOf({ ...document([step], { bids_within_seconds: 1 }), targets }))
        .filter(({ path }) => /bids_within|ping/.test(path))
        .map(({ severity, message }) => [severity, message])
    expect(found(invited())).toEqual([])
    expect(found(invited({ ping_fields: ['state', 'dob'] }))).toEqual([
      ['warning', '“dob” is not shared, so no ping tells it.'],
    ])
  })

  test('sees a sample bid in the preview of its delivery', () => {
    const { request, values } = renderSample(config, { eventId: 'e', leadId: 'l', now })
    expect(JSON.parse(request.body)).toMatchObject({ ping: 'P-4711', slot: 'sample slot' })
    expect(values['ping']).toEqual({ before: 'P-4711', after: 'P-4711' })
  })
})

describe('what is wrong with a ping is said', () => {
  const problemsOf = (steps: Steps) =>
    checkFlow(inputOf({ steps })).filter(({ path }) => path.includes('.ping') || path.includes('.bids'))

  test('where nobody waits for it', () => {
    expect(problemsOf([pings('a')])).toMatchObject([{ severity: 'warning', path: 'steps.0.ping' }])
    expect(problemsOf(document([pings('a')]).steps)).toEqual([])
  })

  test('where its mapping reads what is not there, and where a delivery without a ping reads one', () => {
    const broken = pings('a')
    if (broken.ping) broken.ping.request.mappings = { state: '{{ping.id}}' }
    expect(problemsOf(document([broken]).steps)).toMatchObject([{ path: expect.stringContaining('ping.request') }])
    const { ping: _, ...without } = pings('b')
    const found = checkFlow(inputOf(document([without])))
    expect(found.map(({ message }) => message).join()).toContain('“ping.id” is not known here')
  })
})
