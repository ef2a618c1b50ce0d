import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { call } from '../support/api'
import { expectSaved, openStop, openTab, publish } from '../support/editor'
import { signIn } from '../support/people'
import { expectFits, takePictures } from '../support/screens'
import { aLiveFlow, aManualStep, aSeller } from '../support/worlds'

const buyer = (id: string, name: string, more: object = {}) => ({
  ...aManualStep(`https://${id.replaceAll('_', '-')}.example.com/leads`),
  ...{ id, name, ...more },
})
const fields = [
  { name: 'email', type: 'email', label: 'Email', required: true },
  { name: 'phone', type: 'phone', label: 'Phone' },
  { name: 'state', type: 'state', label: 'State' },
  { name: 'consent', type: 'boolean', label: 'Consent' },
  { name: 'score', type: 'number', label: 'Score' },
]
const standby = { standby: true }
const buyers = [
  buyer('buyer_main', 'Main buyer'),
  buyer('buyer_overflow', 'Overflow buyer', standby),
  buyer('buyer_lowquality', 'Low quality buyer', standby),
  buyer('buyer_backup_1', 'Backup one', standby),
  buyer('buyer_backup_2', 'Backup two', standby),
]

async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await expectFits(page)
  await takePictures(page, name)
}

/** Drags over hours of the calendar, from one cell to another one. */
async function paint(page: Page, from: string, to: string): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Opening hours' })
  await grid.scrollIntoViewIfNeeded()
  const placeOf = async (cell: string) => {
    const box = await grid.getByRole('gridcell', { name: cell }).boundingBox()
    if (!box) throw new Error(`no cell ${cell}`)
    return { x: box.x + box.width / 4, y: box.y + box.height / 2, end: box.x + (box.width * 3) / 4 }
  }
  const [start, end] = [await placeOf(from), await placeOf(to)]
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(end.end, end.y, { steps: 4 })
  await page.mouse.up()
}

test('a seller sets hours, caps, quality, failover and retries of the guides by hand, and publishes them', async ({
  page,
}) => {
  test.slow()
  const seller = await aSeller()
  const flow = await aLiveFlow(seller, buyers)
  await call(seller.key, 'PUT', `/flows/${flow.id}/draft`, { fields, steps: buyers })
  await signIn(page, seller, `/seller/flows/${flow.id}`)
  await openStop(page, 'Main buyer')

  await openTab(page, 'Availability')
  await page.getByRole('button', { name: 'Set hours' }).click()
  const grid = page.getByRole('grid', { name: 'Opening hours' })
  await expect(grid.getByRole('gridcell', { name: 'Mon 08:00, open' })).toBeVisible()
  await paint(page, 'Mon 07:00', 'Fri 19:00')
  await expect(grid.getByRole('gridcell', { name: 'Fri 19:00, open' })).toBeVisible()
  await grid.getByRole('gridcell', { name: 'Wed 19:00' }).focus()
  await page.keyboard.press('Space')
  await expect(grid.getByRole('gridcell', { name: 'Wed 19:00, closed' })).toBeVisible()
  await page.getByRole('button', { name: 'Weekdays 8–18' }).click()
  await expect(grid.getByRole('gridcell', { name: 'Fri 19:00, closed' })).toBeVisible()
  await page.getByLabel('Time zone').first().selectOption('America/Los_Angeles')
  await page
    .getByRole('radio', { name: /^Queue the lead/ })
    .first()
    .click()
  await page.getByLabel('Leads an hour').fill('100')
  await page.getByLabel('Leads a day').fill('1000')
  await page.getByRole('radio', { name: /^Overflow to a backup/ }).click()
  await page.getByLabel('Backup buyer').selectOption('buyer_overflow')
  await expect(page.getByText('Counts once you publish: 0 of 1,000 today')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Path of a lead' })).toContainText(
    'Mon–Fri 08:00–18:00 · 1,000 a day',
  )
  await look(page, 'availability')

  await openTab(page, 'Rules')
  await page.getByLabel('Lowest score').fill('70')
  for (const name of ['Email', 'Phone', 'Consent']) await page.getByRole('checkbox', { name, exact: true }).check()
  await page.getByRole('radio', { name: /^Route to remediation/ }).click()
  await page.getByLabel('Remediation buyer').selectOption('buyer_lowquality')
  await look(page, 'rules')

  await openTab(page, 'If it fails')
  await page.getByLabel('Codes that are failures').fill('500, 502, 503, 504')
  await page.getByLabel('No answer within').fill('5')
  await expect(page.getByText('A lead can be sold twice')).toBeVisible()
  await page.getByRole('radio', { name: /^As set here/ }).click()
  await page.getByLabel('Failures', { exact: true }).fill('6')
  for (const [number, id] of [
    [1, 'buyer_backup_1'],
    [2, 'buyer_backup_2'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a buyer to the chain' }).click()
    await page.getByLabel(`Buyer ${number}`, { exact: true }).selectOption(id)
  }
  await page.getByLabel('Tries of buyer 1').fill('3')
  await page.getByLabel('Only in its business hours').nth(1).check()
  await expect(page.getByText('Neither “Backup two” nor your account has business hours')).toBeVisible()
  await page.getByRole('button', { name: 'Queue for retry' }).click()
  await page.getByLabel('Tries at the most').fill('4')
  await expect(page.getByRole('list', { name: 'When it is tried' })).toContainText('after 3 min 30 s')
  await look(page, 'failover')
  await expectSaved(page)
  await publish(page, 2)

  const { live } = await call<{ live: { steps: Record<string, unknown>[] } }>(seller.key, 'GET', `/flows/${flow.id}`)
  expect(live.steps[0]).toMatchObject({
    conditional_delivery: {
      time_restrictions: {
        timezone: 'America/Los_Angeles',
        days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
        hours: { start: '08:00', end: '18:00' },
        outside_hours: 'queue',
      },
      caps: {
        daily: 1000,
        hourly: 100,
        when_exceeded: { action: 'overflow_to_backup', backup_buyer: 'buyer_overflow' },
      },
      quality_requirements: {
        min_score: 70,
        required_fields: ['email', 'phone', 'consent'],
        when_not_met: { action: 'route_to_remediation', remediation_buyer: 'buyer_lowquality' },
      },
    },
    failover: {
      failure_detection: {
        timeout_ms: 5000,
        error_codes: [500, 502, 503, 504],
        circuit_breaker: { failure_threshold: 6, time_window: '5 minutes', recovery_timeout: '30 minutes' },
      },
      failover_chain: [
        { buyer: 'buyer_backup_1', conditions: { max_attempts: 3 } },
        { buyer: 'buyer_backup_2', conditions: { business_hours_only: true } },
        { action: 'queue_for_retry', retry_after: '1 hour' },
      ],
    },
    retry: { max_attempts: 4, first_delay: '30 seconds', backoff: 2 },
  })
})
