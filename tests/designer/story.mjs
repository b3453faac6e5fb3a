import assert from 'node:assert/strict'
import { openBrowser, openPage, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

/** From an empty list to a contact in the journey, with keyboard and mouse, as a marketer does it. */
export async function drawAndPublish(url, admin, write) {
  const api = (path) => fetch(url + path, { headers: { authorization: `Bearer ${admin}` } }).then((answer) => answer.json())
  const saved = async () => {
    const { draft } = await api('/api/journeys/spring')
    return JSON.stringify(draft ?? null)
  }
  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser)
    await signIn(page, url, admin)

    await page.getByRole('button', { name: 'New journey' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Spring')
    assert.equal(await page.getByRole('dialog').getByLabel('Key').inputValue(), 'spring')
    await page.getByRole('button', { name: 'OK' }).click()
    await page.locator('[data-step="/trigger"]').waitFor()

    // What starts it: by mouse, in the drawer.
    await page.locator('[data-step="/trigger"]').click()
    await page.getByRole('combobox', { name: 'Event', exact: true }).first().fill('group_joined')
    await page.keyboard.press('Escape')

    // A wait, by keyboard.
    await page.getByRole('application', { name: 'Journey' }).focus()
    await page.keyboard.press('a')
    await page.getByRole('option', { name: 'Wait', exact: true }).waitFor()
    await page.keyboard.type('wait')
    await page.keyboard.press('Enter')
    await page.locator('[data-step="wait"]').waitFor()
    assert.match(await page.locator('[data-step="wait"]').innerText(), /Wait 1 day/)

    // A message after it, by the plus on the edge.
    await page.locator('[data-way="wait/next"]').click()
    await page.locator('[data-add="send"]').click()
    await page.locator('[data-step="send"]').waitFor()
    await page.getByRole('combobox', { name: 'Template' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: /^hello$/ }).click()
    await page.locator('[data-step="send"]').filter({ hasText: 'Send “hello” by SMS' }).waitFor()

    // Undone and done again to the same bytes.
    await until('the draft to be saved', async () => (await page.locator('[data-saving="saved"]').count()) > 0 && (await saved()).includes('"template":"hello"'))
    const before = await saved()
    await page.getByRole('button', { name: 'Undo' }).click()
    await until('the undone draft to be saved', async () => (await saved()) !== before && (await page.locator('[data-saving="saved"]').count()) > 0)
    await page.getByRole('button', { name: 'Redo' }).click()
    await until('the same bytes again', async () => (await saved()) === before)

    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('button', { name: 'Publish now' }).click()
    // The answer to publishing is the promise that it runs; the list may say so a moment before.
    await page.getByText('Version 1 runs.').waitFor()
    assert.equal((await api('/api/journeys/spring')).status, 'published')

    const tracked = await fetch(`${url}/v1/track`, {
      method: 'POST', headers: { authorization: `Basic ${btoa(`${write}:`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'u-1', event: 'group_joined', messageId: 'check-1', properties: { group_id: 'g-1' } }),
    })
    assert.equal(tracked.status, 200)
    await until('the contact in the journey', async () => (await api('/api/journeys/spring/stats')).steps.some((one) => one.step === 'wait' && one.count === 1))
    await page.locator('[data-step="wait"]').filter({ hasText: '1 here' }).waitFor({ timeout: 40_000 })

    // And the person's own page tells the same.
    await page.goto(`${url}/#/contacts`)
    await page.getByPlaceholder('Find by user id').fill('u-1')
    await page.keyboard.press('Enter')
    await page.getByText('spring').first().waitFor()
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}
