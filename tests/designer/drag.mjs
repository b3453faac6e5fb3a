import assert from 'node:assert/strict'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

const journey = {
  key: 'dragged', name: 'Dragged', trigger: { on: 'event', event: 'e' },
  steps: [{ id: 'first', type: 'wait', for: '1d', next: 'second' }, { id: 'second', type: 'wait', for: '2d' }],
}
const file = 'key: from-drop\nname: Dropped file\ntrigger: { on: manual }\nsteps: [{ id: only, type: wait, for: 1d }]\n'

/** With the mouse held down: a step from the palette onto an edge, a card onto another edge, a file onto the list. */
export async function dragging(url, admin) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
  const steps = async () => (await fetch(`${url}/api/journeys/dragged`, { headers }).then((answer) => answer.json())).draft.steps
  await fetch(`${url}/api/journeys/dragged`, { method: 'PUT', headers, body: JSON.stringify(journey) })
  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser)
    await signIn(page, url, admin)
    await page.goto(`${url}/#/journeys/dragged`)
    await page.locator('[data-step="second"]').waitFor()
    await settled(page)

    await drag(page, '[data-palette="branch"]', '[data-way="first/next"]', async () => {
      // While it is held, every edge says that it may be dropped there, and the one beneath it more so.
      await page.locator('body.dragging-step').waitFor()
      await page.locator('[data-way="first/next"].over').waitFor()
    })
    await page.locator('[data-step="branch"].selected').waitFor()
    assert.equal(await page.locator('body.dragging-step').count(), 0)
    await until('the branch between the two', async () => {
      const byId = new Map((await steps()).map((step) => [step.id, step]))
      return byId.get('first').next === 'branch' && JSON.stringify(byId.get('branch')).includes('"second"')
    })

    // A card: the last step goes before the first.
    await page.keyboard.press('f')
    await page.locator('[data-step="second"]').waitFor()
    await settled(page)
    await drag(page, '[data-step="second"]', '[data-way="/start"]')
    await until('the second step to be the first', async () => (await steps())[0].id === 'second')
    assert.equal((await steps()).find((step) => step.id === 'second').next, 'first')
    await page.keyboard.press('Control+z')
    await until('the step to be back where it was', async () => (await steps())[0].id === 'first')

    // A drag that ends nowhere changes nothing.
    const before = JSON.stringify(await steps())
    await drag(page, '[data-palette="wait"]', '.palette')
    await page.keyboard.press('Control+s')
    assert.equal(JSON.stringify(await steps()), before)

    await page.goto(`${url}/#/journeys`)
    await page.locator('.drop-zone').waitFor()
    const dropped = await page.evaluateHandle((text) => {
      const data = new DataTransfer()
      data.items.add(new File([text], 'journey.yaml', { type: 'application/yaml' }))
      return data
    }, file)
    await page.dispatchEvent('.drop-zone', 'dragover', { dataTransfer: dropped })
    await page.locator('.drop-zone.over').waitFor()
    await page.dispatchEvent('.drop-zone', 'drop', { dataTransfer: dropped })
    assert.equal(await page.getByRole('dialog').getByLabel('Key').inputValue(), 'from-drop')
    await page.getByRole('dialog').locator('.ant-modal-footer .ant-btn-primary').click()
    await page.locator('[data-step="only"]').waitFor()
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}

/** The browser's own drag, by the mouse: pressed on one thing, moved in steps, let go over another. */
async function drag(page, from, to, midway = async () => undefined) {
  const middle = async (selector) => {
    const box = await page.locator(selector).boundingBox()
    return [box.x + box.width / 2, box.y + box.height / 2]
  }
  const [start, end] = [await middle(from), await middle(to)]
  await page.mouse.move(...start)
  await page.mouse.down()
  await page.mouse.move(start[0] + 6, start[1] + 6, { steps: 3 })
  await page.mouse.move(...end, { steps: 8 })
  await midway()
  await page.mouse.up()
}
