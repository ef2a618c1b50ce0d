import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'

test('what templates and fields are called can be read, searched and linked to by anybody', async ({ page }) => {
  await page.goto('/docs/variables')
  await expect(page.getByRole('heading', { name: 'Variables and filters' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Search variables, filters and functions').fill('accents')
  await expect(page.getByText('1 found')).toBeVisible()
  await expect(page.getByText("{{ 'García' | ascii }} → Garcia")).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverflow(page)

  await page.goto('/docs/fields#postal_code')
  await expect(page.getByText('Also zip, zip_code')).toBeInViewport()
  await page.getByLabel('Search fields').fill('zip_code')
  await expect(page.getByRole('link', { name: 'postal_code', exact: true })).toBeVisible()
  await expectNoOverflow(page)
  await expectAccessible(page)
})
