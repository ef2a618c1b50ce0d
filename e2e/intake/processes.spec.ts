import { request as ask } from 'node:http'
import { expect, test } from '../fixtures'
import { address, submit } from '../support/api'
import { demoSeller, signIn } from '../support/people'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

type Listening = { name: string; backends: number }

test('each process listens on exactly one connection, however many pages are open', async ({
  page,
  database,
  aLoopbackBuyer,
}) => {
  const system = await aLoopbackBuyer()
  const flow = await aLiveFlow(await aSeller(), [aManualStep(system.url)])
  expect((await submit(flow.submitUrl, { email: 'ana@example.com' })).body.outcome).toBe('success')
  await signIn(page, demoSeller, '/seller/events')
  await expect(page.getByRole('main').getByText('live', { exact: true })).toBeVisible()
  await page.goto('/seller/leads')
  await page.goto('/seller/events')
  await expect(page.getByRole('main').getByText('live', { exact: true })).toBeVisible()
  const listening = await database<Listening[]>`
    select application_name as name, count(*)::int as backends from pg_stat_activity
    where datname = current_database() and application_name like 'baton-%' and query ~* '^\\s*listen'
    group by 1 order by 1`
  // The worker listens too, once it has carried a lead on.
  expect(listening.map(({ name }) => name)).toEqual(expect.arrayContaining(['baton-intake', 'baton-web']))
  expect(listening.map(({ backends }) => backends)).toEqual(listening.map(() => 1))
})

test('says that it is up, that it is ready, and how it is doing', async () => {
  for (const [path, text] of [
    ['/healthz', 'ok'],
    ['/readyz', 'ready'],
  ] as const) {
    const answer = await fetch(address(path))
    expect([answer.status, await answer.text()]).toEqual([200, text])
  }
  const metrics = await fetch(address('/metrics'))
  expect(metrics.status).toBe(200)
  expect(await metrics.text()).toContain('baton_runs_in_flight')
})

const statusOf = (url: string, method: string) =>
  new Promise<{ status: number | undefined; allow: string | undefined }>((resolve, reject) => {
    ask(url, { method }, (answer) => {
      answer.resume()
      resolve({ status: answer.statusCode, allow: answer.headers.allow })
    })
      .once('error', reject)
      .end()
  })

test('HEAD on a submission address sells no lead', async ({ aLoopbackBuyer }) => {
  const system = await aLoopbackBuyer()
  const flow = await aLiveFlow(await aSeller(), [aManualStep(system.url)])
  const withLead = `${flow.submitUrl}?email=ana%40example.com`
  for (const method of ['HEAD', 'PUT', 'DELETE'])
    expect(await statusOf(withLead, method)).toEqual({ status: 405, allow: 'GET, POST' })
  expect(system.received).toEqual([])
  expect(await statusOf(withLead, 'GET')).toMatchObject({ status: 201 })
  expect(system.received).toHaveLength(1)
})

test('the same idempotency key sells once, and another body under it is refused', async ({ aLoopbackBuyer }) => {
  const system = await aLoopbackBuyer()
  const flow = await aLiveFlow(await aSeller(), [aManualStep(system.url)])
  const once = { 'idempotency-key': 'form-42' }
  const first = await submit(flow.submitUrl, { email: 'ana@example.com' }, once)
  const second = await submit(flow.submitUrl, { email: 'ana@example.com' }, once)
  expect(second.body).toEqual(first.body)
  expect(system.received).toHaveLength(1)
  expect((await submit(flow.submitUrl, { email: 'other@example.com' }, once)).status).toBe(409)
})
