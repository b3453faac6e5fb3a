import assert from 'node:assert/strict'
import { openBrowser, openPage, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

/** A journey made with the keyboard alone: no click from the list to the published version. */
export async function keyboardOnly(url, admin) {
  const api = (path) => fetch(url + path, { headers: { authorization: `Bearer ${admin}` } }).then((answer) => answer.json())
  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser)
    await signIn(page, url, admin)
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focused = () => page.evaluate(() => {
      const at = document.activeElement
      return `${at?.getAttribute('aria-label') ?? ''} ${at?.textContent ?? ''}`.trim()
    })
    /** Tab until something with that name has the focus. */
    const tabTo = async (name) => {
      for (let i = 0; i < 60; i++) {
        await press('Tab')
        if ((await focused()).includes(name)) return
      }
      throw new Error(`Expected to come to ${name} with Tab, but it never had the focus.`)
    }
    await page.getByRole('heading', { name: 'Journeys' }).waitFor()
    await tabTo('New journey')
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    await until('the name to have the focus', () => page.evaluate(() => document.activeElement?.tagName === 'INPUT' && document.activeElement.id.endsWith('name')))
    await page.keyboard.type('By keys')
    await press('Enter')
    await page.locator('[data-step="/trigger"]').waitFor()

    const key = await page.evaluate(() => location.hash.split('/').at(-1))
    assert.equal(key, 'by-keys')
    const surface = page.getByRole('application', { name: 'Journey' })
    await until('the canvas to have the focus', () => surface.evaluate((one) => one === document.activeElement))
    await press('a')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.type('wait')
    await press('Enter')
    await page.locator('[data-step="wait"].selected').waitFor()
    await press('a')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.type('end here')
    await press('Enter')
    await page.locator('[data-step="exit"].selected').waitFor()
    await press('ArrowUp')
    await page.locator('[data-step="wait"].selected').waitFor()
    await press('Control+c', 'Control+v')
    await page.locator('[data-step="wait-2"].selected').waitFor()
    await press('Delete')
    await page.locator('[data-step="wait-2"]').waitFor({ state: 'detached' })
    await press('Control+z')
    await page.locator('[data-step="wait-2"]').waitFor()
    await press('Control+y')
    await page.locator('[data-step="wait-2"]').waitFor({ state: 'detached' })

    // The trigger: its event is typed in the drawer.
    await press('ArrowUp')
    for (let i = 0; i < 3 && (await page.locator('[data-step="/trigger"].selected').count()) === 0; i++) await press('ArrowUp')
    await page.locator('[data-step="/trigger"].selected').waitFor()
    await tabTo('Event')
    await page.keyboard.type('by_keys')
    await press('Escape')
    await press('Control+s')
    await until('the draft to be saved', async () => (await api('/api/journeys/by-keys')).draft?.trigger?.event === 'by_keys')
    await page.getByRole('button', { name: 'Publish', exact: true }).focus()
    await press('Enter')
    await page.getByRole('button', { name: 'Publish now' }).focus()
    await press('Enter')
    await until('the journey to run', async () => (await api('/api/journeys/by-keys')).status === 'published')
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}
