import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

const journey = (key) => ({
  key, name: key, trigger: { on: 'event', event: 'canvas_came' },
  steps: [{ id: 'wait', type: 'wait', for: '1d', next: 'which' }, { id: 'which', type: 'branch', branches: [{ name: 'VIP', when: { combinator: 'and', rules: [] } }] }],
})

/** What a canvas offers beside drawing: search, notes, an overview, counts, copies into another journey, files, versions and what one does with a live journey. */
export async function onTheCanvas(url, admin, write) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
  const ask = (path, init = {}) => fetch(url + path, { headers, ...init }).then((answer) => answer.json())
  for (const key of ['one', 'other']) await ask(`/api/journeys/${key}`, { method: 'PUT', body: JSON.stringify(journey(key)) })
  await fetch(`${url}/v1/batch`, {
    method: 'POST', headers: { authorization: `Basic ${btoa(`${write}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch: [1, 2, 3].map((i) => ({ type: 'identify', userId: `canvas-${i}`, messageId: `canvas-${i}`, traits: { tea: i < 3 ? 'oolong' : 'green' } })) }),
  })
  const draft = async (key) => (await ask(`/api/journeys/${key}`)).draft
  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser, { calm: true })
    await signIn(page, url, admin)
    const open = async (key) => {
      await page.goto(`${url}/#/journeys/${key}`)
      await page.locator('[data-step="wait"]').waitFor()
      await settled(page, `/journeys/${key}`)
    }
    await open('one')
    const surface = page.getByRole('application', { name: 'Journey' })

    // A condition offers what contacts have, and says how many it holds for while it is written.
    await page.locator('[data-step="which"]').click()
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.locator('.drawer .rule-field').click()
    await page.keyboard.type('tea')
    await page.locator('.ant-select-item-option').filter({ hasText: /^tea$/ }).first().click()
    await page.locator('.rule input[type="search"], .rule input[type="text"], .rule input').last().fill('oolong')
    await page.locator('.matching').filter({ hasText: '2 match' }).waitFor()
    await page.locator('[data-step="which"]').filter({ hasText: 'If tea is oolong' }).waitFor()
    await page.locator('[data-step="/trigger"]').filter({ hasText: 'canvas_came happens' }).waitFor()

    // A note, the search, and the overview.
    await page.locator('[data-step="wait"]').click()
    await page.getByRole('textbox', { name: 'Note' }).fill('ask the shop first')
    await page.locator('[data-step="wait"] .card-note').waitFor()
    await surface.focus()
    await page.keyboard.press('/')
    await page.keyboard.type('branch')
    await page.locator('[data-step="which"].found').waitFor()
    assert.equal(await page.locator('.card.found').count(), 1)
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.react-flow__minimap').count(), 0)
    await page.getByRole('button', { name: 'Overview' }).click()
    await page.locator('.react-flow__minimap').waitFor()

    // Copied here, pasted into another journey.
    await page.locator('[data-step="wait"]').click()
    await surface.focus()
    await page.keyboard.press('Control+c')
    await until('the draft to be saved', async () => JSON.stringify(await draft('one')).includes('ask the shop first'))
    await open('other')
    await page.locator('[data-step="wait"]').click()
    await surface.focus()
    await page.keyboard.press('Control+v')
    await page.locator('[data-step="wait-2"].selected').waitFor()
    await until('the pasted step to be saved', async () => (await draft('other')).steps.some((step) => step.id === 'wait-2' && step.for === '1d'))

    // The document as a file, and a link to it.
    await open('one')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'The document' }).click()
    for (const [button, start] of [['Download JSON', '{'], ['Download YAML', 'key: one']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
      assert.ok((await readFile(await file.path(), 'utf8')).trimStart().startsWith(start))
    }
    await page.getByRole('button', { name: 'Copy link' }).click()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${url}/#/journeys/one`)
    await page.keyboard.press('Escape')

    await liveJourney(page, ask)
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}

/** Published, changed, compared, restored; paused, resumed, archived. */
async function liveJourney(page, ask) {
  const status = async () => (await ask('/api/journeys/one')).status
  const publish = async (version) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('button', { name: 'Publish now' }).click()
    await page.getByText(`Version ${version} runs.`).waitFor()
  }
  await publish(1)
  await page.locator('[data-step="wait"]').click()
  await page.getByRole('spinbutton', { name: 'For' }).fill('5')
  await page.locator('[data-step="wait"]').filter({ hasText: 'Wait 5 days' }).waitFor()

  // The sheet says in words what would change.
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const changes = page.locator('.ant-drawer .changes')
  assert.deepEqual([await changes.locator('del').innerText(), await changes.locator('ins').innerText()], ['Wait 1 day', 'Wait 5 days'])
  await page.locator('[data-estimate="0"]').waitFor()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Version 2 runs.').waitFor()
  await page.locator('.ant-drawer-open').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  const first = page.locator('.ant-modal .ant-table-row').filter({ hasText: 'v1' })
  await first.getByRole('button', { name: 'Expand row' }).click()
  await page.locator('.ant-modal ins').filter({ hasText: 'Wait 5 days' }).waitFor()
  await first.getByRole('button', { name: 'Take into the draft' }).click()
  await page.locator('[data-step="wait"]').filter({ hasText: 'Wait 1 day' }).waitFor()

  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
  await until('the journey to pause', async () => (await status()) === 'paused')
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('dialog').getByText('0 people are held').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await until('the journey to go on', async () => (await status()) === 'published')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click()
  await until('the journey to be archived', async () => (await status()) === 'archived')
}
