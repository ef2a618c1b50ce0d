import { beforeAll, expect, test } from 'vitest'
import { accepts, aLiveFlow, aManualStep, aPeer, aSeller, must, says, testDatabase } from '../../db/testing/index'
import { updateAccount } from '../accounts/index'
import { intakeApp } from '../api/index'
import { type FlowDocumentInput, weekdays } from '../engine/index'
import { getFlow } from '../flows/index'
import { startRuntime } from '../runtime'
import { dayMs } from '../time'

testDatabase()
beforeAll(() => startRuntime('intake'))

/** The weekday in UTC so many days from now. */
const dayAhead = (days: number) => weekdays[(new Date(Date.now() + days * dayMs).getUTCDay() + 6) % 7]

let number = 0
const submit = async (path: string) => {
  const body = new URLSearchParams({ email: `h${++number}@example.com` })
  return (await (await intakeApp.request(path, { method: 'POST', body })).json()) as { outcome: string }
}

async function aFlowWithBackup(hours: object) {
  const [seller, first, backup] = await Promise.all([aSeller(), aPeer(says(500, {})), aPeer(accepts)])
  await updateAccount(seller.actor, { timeZone: 'UTC', businessHours: hours })
  const failover = { failover_chain: [{ buyer: 'backup', conditions: { business_hours_only: true } }] }
  const steps = [
    aManualStep({ id: 'first', name: 'First', url: first.url, failover } as never),
    aManualStep({ id: 'backup', name: 'Backup', url: backup.url, standby: true } as never),
  ] as FlowDocumentInput['steps']
  return { seller, backup, ...(await aLiveFlow(seller.actor, { steps })) }
}

test('a backup that is asked in business hours only, and has none of its own, is asked in the account’s', async () => {
  const closed = await aFlowWithBackup({ days: [dayAhead(3)] })
  expect((await submit(closed.path)).outcome).toBe('error')
  expect(closed.backup.received).toHaveLength(0)
  const open = await aFlowWithBackup({ days: [dayAhead(-1), dayAhead(0), dayAhead(1)] })
  expect((await submit(open.path)).outcome).toBe('success')
  expect(open.backup.received).toHaveLength(1)
})

test('a seller is told before publishing that a backup has no business hours to keep to', async () => {
  const { seller, flowId } = await aFlowWithBackup({ days: [dayAhead(0)] })
  const warnings = async () => must(await getFlow(seller.actor, flowId)).problems.map(({ message }) => message)
  const said = 'Neither “Backup” nor your account has business hours, so it is asked at any time.'
  expect(await warnings()).not.toContain(said)
  await updateAccount(seller.actor, { businessHours: null })
  expect(await warnings()).toContain(said)
})

test('business hours are for admins to set, and refused when they make no sense', async () => {
  const member = await aSeller({ role: 'member' })
  expect(await updateAccount(member.actor, { businessHours: null })).toMatchObject({ error: { kind: 'forbidden' } })
  const seller = await aSeller()
  const wrong = await updateAccount(seller.actor, { businessHours: { timezone: 'Mars/Base', days: [] } })
  expect(wrong).toMatchObject({
    error: { issues: [{ path: 'businessHours.timezone' }, { path: 'businessHours.days' }] },
  })
})
