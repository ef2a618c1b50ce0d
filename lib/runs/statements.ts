import {
  counterMoveTexts,
  counterNameTexts,
  counterTexts,
  endTexts,
  eventTexts,
  keyTexts,
  leadTexts,
  payloadTexts,
  progressTexts,
  rollupTexts,
  roomTexts,
  runTexts,
  takenTexts,
} from './row-texts'

/*
 * The statements of the hot path: fixed texts, prepared once a connection. Rows arrive as one parameter: as row text
 * where every lead has them, else as JSON. Look-ups and updates in partitioned tables carry id bounds, or Postgres would
 * visit every partition.
 */

export const deleteRuns = 'delete from runs where lead_id = any($1::uuid[]) and settled_at is not null'

export const insertIdempotencyKeys = `
  insert into idempotency_keys (account_id, source_id, key, body_hash, lead_id)
  select account_id, source_id, key, decode(body_hash, 'hex'), lead_id
  from json_to_recordset($1::text::json) as x(account_id uuid, source_id uuid, key text, body_hash text, lead_id uuid)
  order by source_id, key
  on conflict do nothing
  returning lead_id`

type Room = { asked: string; has: string; taken: string; answer: string }

/**
 * Commit 1 as one statement, so that a batch is one message, one answer and one flush. It clears runs whose source has
 * its answer ($4), makes the new ones ($1), and writes leads ($3) and search keys ($5) of those that it made. No run is
 * made of a lead whose idempotency key another lead took, or of a body that is under way. Counting what is cleared makes
 * that happen first: the same body may come again with the batch that clears it.
 */
const open = ({ asked, has, taken, answer }: Room) => `
  with ${asked}cleared as (
    delete from runs where lead_id = any($4::uuid[]) and settled_at is not null returning lead_id),
  made as (
    insert into runs (lead_id, account_id, source_id, owner, body_hash, state)
    select x.lead_id, x.account_id, x.source_id, $2::uuid, decode(x.body_hash, 'hex'), x.state
    from ${runTexts.from(1)}
    where ${has}(select count(*) from cleared) >= 0 and (x.key is null or exists (
      select from idempotency_keys k
      where k.source_id = x.source_id and k.key = x.key and k.account_id = x.account_id and k.lead_id = x.lead_id))
    order by x.source_id, x.body_hash
    on conflict do nothing
    returning lead_id, account_id),
  kept as (
    insert into leads (${leadTexts.columns})
    select ${leadTexts.columns} from ${leadTexts.from(3)}
    where x.id in (select lead_id from made)),
  found as (
    insert into lead_keys (${keyTexts.columns})
    select ${keyTexts.columns} from ${keyTexts.from(5)}
    where x.lead_id in (select lead_id from made)
    on conflict do nothing)${taken}
  ${answer}`

export const openRuns = open({
  asked: '',
  has: '',
  taken: '',
  answer: 'select m.lead_id, a.config_version from made m left join accounts a on a.id = m.account_id',
})

/**
 * The same for leads that take from counters: it does nothing unless each counter is there and has room ($6) for all
 * that they take, and takes what those leads take ($7) whose runs were made. The counters stay locked to its end.
 */
export const openRunsWithRoom = open({
  asked: `wanted as materialized (
    select * from ${roomTexts.from(6)}),
  held as (
    select c.account_id, c.key, c.used from counters c
    join wanted w on w.account_id = c.account_id and w.key = c.key
    order by c.account_id, c.key for update of c),
  room as (
    select count(h.key) = count(*) as is_there, count(*) filter (where h.used + w.delta <= w.most) = count(*) as has_room
    from wanted w left join held h on h.account_id = w.account_id and h.key = w.key),
  `,
  has: '(select has_room from room) and ',
  taken: `,
  taken as (
    update counters c set used = c.used + t.delta
    from (
      select x.account_id, x.key, sum(x.delta)::bigint as delta from ${takenTexts.from(7)}
      where x.lead_id in (select lead_id from made) group by x.account_id, x.key) t
    where c.account_id = t.account_id and c.key = t.key)`,
  answer: `select r.is_there, r.has_room, m.lead_id, a.config_version from room r
  left join made m on true left join accounts a on a.id = m.account_id`,
})

export const earlierLeads = `
  select x.lead_id, coalesce(k.lead_id, r.lead_id) as earlier
  from json_to_recordset($1::text::json) as x(account_id uuid, source_id uuid, key text, body_hash text, lead_id uuid)
  left join idempotency_keys k on k.source_id = x.source_id and k.key = x.key and k.account_id = x.account_id
  left join runs r on x.key is null and r.source_id = x.source_id and r.body_hash = decode(x.body_hash, 'hex')`

export const finishIdempotencyKeys = `
  update idempotency_keys k set answer = x.answer
  from json_to_recordset($1::text::json) as x(account_id uuid, source_id uuid, key text, lead_id uuid, answer text)
  where k.source_id = x.source_id and k.key = x.key and k.account_id = x.account_id and k.lead_id = x.lead_id`

export const saveProgress = `
  update runs r set state = x.state
  from ${progressTexts.from(1)}, accounts a
  where r.lead_id = x.lead_id and r.owner = $2::uuid and r.settled_at is null and a.id = r.account_id
  returning r.lead_id, a.config_version`

/** Of runs that are this process's ($2), those that are saved just so ($1). One that is being saved is waited for. */
export const savedAsIs = `
  with mine as (
    select lead_id, account_id, state from runs
    where lead_id in (select lead_id from ${progressTexts.from(1)}) and owner = $2::uuid and settled_at is null
    order by lead_id for update)
  select m.lead_id, a.config_version
  from mine m join ${progressTexts.from(1)} on x.lead_id = m.lead_id and x.state = m.state
  join accounts a on a.id = m.account_id`

const rankOf = (row: string) => `array_position(array['success', '', 'failure', 'error'], coalesce(${row}.outcome, ''))`
/** What was known last counts among equals: a later refusal has the later reason. */
const isBetter = `${rankOf('excluded')} <= ${rankOf('t')}`

/**
 * Commit 2 as one statement. The fence: it writes only when every run of $1 is still this process's ($2) and unsettled;
 * else nothing, and its answer says which are (`fresh`; one that is ours and not fresh was settled before, when the reply
 * to that COMMIT was lost). A lead that reaches the same buyer again, after it was held, has one row there ($8), by the
 * best of what became of it. Counters stand
 * last: their rows are the hot ones, and a lock is held until the end.
 * @param mailed what a batch with mail adds, which most don't have.
 */
const settle = (mailed: string) => `
  with mine as (
    select lead_id, settled_at is null as fresh from runs
    where lead_id = any($1::uuid[]) and owner = $2::uuid order by lead_id for update),
  whole as (
    select count(*) filter (where fresh) = cardinality($1::uuid[]) as ok from mine),
  settled as (
    update runs r set settled_at = now(), state = null
    where r.lead_id = any($1::uuid[]) and (select ok from whole)),
  ended as (
    update leads l set status = x.status, outcome = x.outcome, reason = x.reason, price_cents = x.price_cents,
      revenue_cents = x.revenue_cents, completed_at = x.completed_at,
      data = case when x.data is null then l.data else l.data || x.data end
    from ${endTexts.from(3)}
    where l.id = x.id and l.side = 'seller' and l.id between $4::uuid and $5::uuid and (select ok from whole)),
  logged as (
    insert into events (${eventTexts.columns})
    select ${eventTexts.columns} from ${eventTexts.from(6)}
    where (select ok from whole)),
  exchanged as (
    insert into event_payloads (${payloadTexts.columns})
    select ${payloadTexts.columns} from ${payloadTexts.from(7)}
    where (select ok from whole)),
  bought as (
    insert into leads as t (${leadTexts.columns})
    select ${leadTexts.columns} from ${leadTexts.from(8)}
    where (select ok from whole)
    on conflict (id, account_id) do update set
      status = case when ${isBetter} then excluded.status else t.status end,
      outcome = case when ${isBetter} then excluded.outcome else t.outcome end,
      reason = case when ${isBetter} then excluded.reason else t.reason end,
      completed_at = case when ${isBetter} then excluded.completed_at else t.completed_at end,
      data = t.data || excluded.data, price_cents = t.price_cents + excluded.price_cents
    where t.side = 'buyer'),
  found as (
    insert into lead_keys (${keyTexts.columns})
    select ${keyTexts.columns} from ${keyTexts.from(9)}
    where (select ok from whole)
    on conflict do nothing),${mailed}
  counted as (
    insert into rollups as t (account_id, hour, subject, subject_id, outcome, latency_bucket, slot, count, cents)
    select account_id, hour, subject, subject_id, outcome, latency_bucket, $11::smallint, count, cents
    from ${rollupTexts.from(10)}
    where (select ok from whole)
    on conflict (account_id, hour, subject, subject_id, outcome, latency_bucket, slot)
    do update set count = t.count + excluded.count, cents = t.cents + excluded.cents)
  select lead_id, fresh from mine`

export const settleRuns = settle('')

/** With mails ($12): a delivery's is queued once, whatever is repeated. */
export const settleRunsAndMails = settle(`
  mailed as (
    insert into outbox_mails (id, account_id, event_id, kind, "to", cc, reply_to, subject, html, text, headers, attachment)
    select id, account_id, event_id, kind, "to", cc, reply_to, subject, html, text, headers, attachment
    from json_to_recordset($12::text::json) as x(id uuid, account_id uuid, event_id uuid, kind text, "to" text, cc text,
      reply_to text, subject text, html text, text text, headers jsonb, attachment jsonb)
    where (select ok from whole)
    on conflict (event_id, "to") where event_id is not null do nothing),`)

const named = 'x(account_id uuid, key text, lead_id uuid)'

/** Counters that are not there yet begin at 0; in key order, as all locks of counters. */
export const makeCounters = `
  insert into counters (account_id, key, used, expires_at)
  select account_id, key, 0, expires_at
  from ${counterTexts.from(1)}
  order by account_id, key
  on conflict do nothing`

export const lockCounters = `
  select c.account_id, c.key, c.used from counters c
  join ${counterNameTexts.from(1)} on x.account_id = c.account_id and x.key = c.key
  order by c.account_id, c.key for update of c`

/** Contacts have no row before they are claimed: what two leads fight for is their name. */
export const lockClaims = `
  select pg_advisory_xact_lock(h) from (
    select distinct hashtextextended(account_id || key, 0) as h
    from json_to_recordset($1::text::json) as x(account_id text, key text) order by h) as locks`

export const readClaims = `
  select c.account_id, c.key, c.lead_id, (extract(epoch from c.claimed_at) * 1000)::bigint as at from buyer_claims c
  join json_to_recordset($1::text::json) as x(account_id uuid, key text)
    on x.account_id = c.account_id and x.key = c.key`

/** Of counters that are locked. One that is gone had its time: there is nothing to give back to. */
export const moveCounters = `
  update counters c set used = c.used + x.delta
  from ${counterMoveTexts.from(1)}
  where c.account_id = x.account_id and c.key = x.key`

export const takeClaims = `
  insert into buyer_claims as c (account_id, key, lead_id, claimed_at)
  select account_id, key, lead_id, now() from json_to_recordset($1::text::json) as ${named}
  order by account_id, key
  on conflict (account_id, key) do update set lead_id = excluded.lead_id, claimed_at = excluded.claimed_at`

/** A claim that somebody else has taken since is theirs. */
export const freeClaims = `
  delete from buyer_claims c using json_to_recordset($1::text::json) as ${named}
  where c.account_id = x.account_id and c.key = x.key and c.lead_id = x.lead_id`

/**
 * An attempt that is tried again keeps its event id: what was written of the tries before ($1) gives way, where the
 * lead's run ($4) is still this process's ($5) and unsettled.
 */
export const forgetTries = `
  with mine as (
    select lead_id from runs where lead_id = any($4::uuid[]) and owner = $5::uuid and settled_at is null
    order by lead_id for update),
  gone as (
    delete from events e using mine m
    where e.lead_id = m.lead_id and e.id = any($1::uuid[]) and e.id between $2::uuid and $3::uuid
    returning e.id)
  delete from event_payloads p using gone g where p.id = g.id and p.id between $2::uuid and $3::uuid`

/** Puts leads aside: their runs are over for now, and what they wait for stands in the queue. */
export const holdRuns = `
  insert into held_leads (lead_id, account_id, flow_id, source_id, step_id, name, recipient, cause, reason, due_at,
    in_batch, state)
  select lead_id, account_id, flow_id, source_id, step_id, name, recipient, cause, reason, due_at, in_batch, state::text
  from json_to_recordset($1::text::json) as x(lead_id uuid, account_id uuid, flow_id uuid, source_id uuid, step_id text,
    name text, recipient text, cause text, reason text, due_at timestamptz, in_batch boolean, state json)
  on conflict (lead_id) do update set step_id = excluded.step_id, name = excluded.name, recipient = excluded.recipient,
    cause = excluded.cause, reason = excluded.reason, due_at = excluded.due_at, in_batch = excluded.in_batch,
    held_at = now(), state = excluded.state,
    wish = null, wish_step_id = null, wish_reason = null`

/**
 * Sources that have a webhook are told the end of these leads, each once. One that has been told an end before (a lead
 * that was given up, and is replayed) is told the new one; one that is still to be told reads the newest from the log.
 */
export const queueNotices = `
  insert into source_notices (id, account_id, source_id, lead_id)
  select x.id, s.account_id, s.id, x.lead_id
  from json_to_recordset($1::text::json) as x(id uuid, source_id uuid, lead_id uuid)
  join sources s on s.id = x.source_id and s.settings ? 'webhook'
  on conflict (lead_id) do update set id = excluded.id, attempts = 0, last_error = null, due_at = now(), sent_at = null,
    gave_up = false, created_at = now()
  where source_notices.sent_at is not null or source_notices.gave_up`

/** Leads that ended because deliveries failed: they may be tried again. */
export const keepDeadLetters = `
  insert into dead_letters (lead_id, account_id, flow_id, source_id, step_id, name, cause, reason, state)
  select lead_id, account_id, flow_id, source_id, step_id, name, cause, reason, state::text
  from json_to_recordset($1::text::json) as x(lead_id uuid, account_id uuid, flow_id uuid, source_id uuid, step_id text,
    name text, cause text, reason text, state json)
  on conflict (lead_id) do update set step_id = excluded.step_id, name = excluded.name, cause = excluded.cause,
    reason = excluded.reason, state = excluded.state, ended_at = now()`

/** Leads that ended while nobody knows the end of an attempt ($1), and these attempts ($2): somebody has to say it. */
export const keepUndecided = `
  with kept as (
    insert into undecided_leads (lead_id, account_id, state)
    select lead_id, account_id, state::text
    from json_to_recordset($1::text::json) as x(lead_id uuid, account_id uuid, state json)
    on conflict (lead_id) do update set state = excluded.state)
  insert into undecided_attempts (event_id, lead_id, account_id, flow_id, source_id, step_id, name, recipient, reason,
    price_cents, attempted_at)
  select event_id, lead_id, account_id, flow_id, source_id, step_id, name, recipient, reason, price_cents, attempted_at
  from json_to_recordset($2::text::json) as x(event_id uuid, lead_id uuid, account_id uuid, flow_id uuid, source_id uuid,
    step_id text, name text, recipient text, reason text, price_cents bigint, attempted_at timestamptz)
  on conflict (event_id) do nothing`

/** An attempt whose end is known now ($2), on each side that has it. */
export const decideEvent = `
  update events set outcome = $2, reason = $3, price_cents = $4::bigint,
    detail = case when detail ? 'trace' then jsonb_set(detail, '{trace}', (detail -> 'trace') || $5::text::jsonb) else detail end
  where id = $1::uuid returning account_id, connection_id`

export const decideLead = `
  update leads set status = $2, outcome = $3, reason = $4, price_cents = $5::bigint, revenue_cents = $6::bigint
  where id = $1::uuid and side = 'seller'`

/** The buyer has the lead once, by the best of what became of it. */
export const decideBuyersLead = `
  update leads set status = 'final', outcome = case when outcome = 'success' then outcome else $3 end,
    reason = case when outcome = 'success' then reason else $4 end, price_cents = price_cents + $5::bigint
  where id = $1::uuid and account_id = $2::uuid and side = 'buyer'`

export const countAgain = `
  insert into rollups as t (account_id, hour, subject, subject_id, outcome, latency_bucket, slot, count, cents)
  select account_id, hour, subject, subject_id, outcome, latency_bucket, $2::smallint, count, cents
  from ${rollupTexts.from(1)}
  on conflict (account_id, hour, subject, subject_id, outcome, latency_bucket, slot)
  do update set count = t.count + excluded.count, cents = t.cents + excluded.cents`

/** What of them goes out with others. */
export const collectLeads = `
  insert into collected_leads (lead_id, batch, most, due_at)
  select lead_id, batch, most, due_at
  from json_to_recordset($1::text::json) as x(lead_id uuid, batch text, most integer, due_at timestamptz)
  on conflict (lead_id, batch) do update set most = excluded.most, due_at = excluded.due_at`

/** Takes what is due up as runs of this process ($1). */
const takeUp = (due: string) => `
  with due as (${due}),
  out as (
    delete from collected_leads c using due where c.lead_id = due.lead_id),
  gone as (
    delete from held_leads h using due where h.lead_id = due.lead_id
    returning h.lead_id, h.account_id, h.source_id, h.state, h.wish, h.wish_step_id, h.wish_reason, h.due_at),
  taken as (
    insert into runs (lead_id, account_id, source_id, owner, state)
    select lead_id, account_id, source_id, $1::uuid, state from gone
    on conflict (lead_id) do update set owner = excluded.owner, state = excluded.state, settled_at = null
    returning lead_id, body_hash)
  select g.lead_id, g.account_id, g.source_id, t.body_hash, g.state, g.wish, g.wish_step_id, g.wish_reason,
    (extract(epoch from g.due_at) * 1000)::bigint as due_ms
  from gone g join taken t on t.lead_id = g.lead_id`

/** Oldest first, $2 at the most. What a person wishes for is due at once; what goes out with a batch is not due by itself. */
export const takeUpHeld = takeUp(`
    select lead_id from held_leads
    where (due_at <= now() or wish is not null) and (not in_batch or wish in ('drop', 'reassign'))
    order by due_at, lead_id limit $2::int for update skip locked`)

const isDueBatch = 'count(*) >= min(most) or min(due_at) <= now()'

/** Batches that are to go out, the one that is due longest first. */
export const dueBatches = `
  select batch from collected_leads group by batch having ${isDueBatch} order by min(due_at) limit $1::int`

/** Only one worker at a time takes leads for a batch, or two would take a part each. */
export const lockBatch = `select pg_try_advisory_xact_lock(hashtextextended('batch ' || $1, 0)) as locked`

/** The leads of a batch ($2) that is to go out still, oldest first; no more than one request carries. */
export const takeUpBatch = takeUp(`
    select h.lead_id from held_leads h join collected_leads c on c.lead_id = h.lead_id
    where c.batch = $2 and (h.wish is null or h.wish = 'release')
      and exists (select from collected_leads where batch = $2 having ${isDueBatch})
    order by c.due_at, c.lead_id limit coalesce((select min(most) from collected_leads where batch = $2), 1000)
    for update of h skip locked`)

export const durableLeads = 'select lead_id from runs where lead_id = any($1::uuid[])'

/**
 * Writes pings of sources: each in the log with what buyers bid, and the bids that were made ($3). In the log a ping
 * stands in the place of the lead that it is not yet.
 */
export const savePings = `
  with logged as (
    insert into events (${eventTexts.columns})
    select ${eventTexts.columns} from ${eventTexts.from(1)}),
  exchanged as (
    insert into event_payloads (${payloadTexts.columns})
    select ${payloadTexts.columns} from ${payloadTexts.from(2)})
  insert into source_bids (id, account_id, source_id, is_test, price_cents, run, expires_at)
  select id, account_id, source_id, is_test, price_cents, run::text, expires_at
  from json_to_recordset($3::text::json) as x(id uuid, account_id uuid, source_id uuid, is_test boolean,
    price_cents bigint, run json, expires_at timestamptz)`

export const findBid = `
  select id, is_test, price_cents, run, (extract(epoch from expires_at) * 1000)::bigint as expires_ms, lead_id
  from source_bids where id = $1::uuid and account_id = $2::uuid and source_id = $3::uuid`

/** A bid is used by one lead: whoever finds it free, or its own, here has it. */
export const takeBids = `
  with free as (
    select b.id, b.account_id from source_bids b
    join json_to_recordset($1::text::json) as x(id uuid, account_id uuid, lead_id uuid)
      on b.id = x.id and b.account_id = x.account_id
    where b.lead_id is null or b.lead_id = x.lead_id order by b.id for update of b)
  update source_bids b set lead_id = x.lead_id
  from free f, json_to_recordset($1::text::json) as x(id uuid, account_id uuid, lead_id uuid)
  where b.id = f.id and b.account_id = f.account_id and x.id = b.id and x.account_id = b.account_id
  returning b.lead_id`

/** Counters as they stand, and when contacts reached their buyers, without a lock: nothing is taken for a ping. */
export const peekCounters = `
  select c.key, c.used from unnest($1::uuid[], $2::text[]) as x(account_id, key)
  join counters c on c.account_id = x.account_id and c.key = x.key`
export const peekClaims = `
  select key, (extract(epoch from claimed_at) * 1000)::bigint as at from buyer_claims
  where account_id = $1::uuid and key = any($2::text[])`
