import assert from 'node:assert/strict'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'

const stepsMax = 300

/** The first load, a journey of 300 steps, and what panning in it costs. */
export async function speed(url, admin) {
  const steps = Array.from({ length: stepsMax }, (_, i) => {
    const next = i + 1 < stepsMax ? { next: `s-${i + 2}` } : {}
    return i % 7 === 3
      ? { id: `s-${i + 1}`, type: 'branch', branches: [{ name: 'A', when: { combinator: 'and', rules: [{ field: 'contact.city', operator: '=', value: 'x' }] }, ...next }], ...(next.next ? { otherwise: next.next } : {}) }
      : { id: `s-${i + 1}`, type: 'wait', for: '1h', ...next }
  })
  await fetch(`${url}/api/journeys/long`, {
    method: 'PUT', headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }, body: JSON.stringify({ key: 'long', trigger: { on: 'event', event: 'e' }, steps }),
  })
  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser)
    const tools = await page.context().newCDPSession(page)
    await tools.send('Network.enable')
    let bytes = 0
    tools.on('Network.loadingFinished', (one) => (bytes += one.encodedDataLength))
    const from = Date.now()
    await page.goto(url)
    await page.getByRole('button', { name: 'Sign in with a key' }).waitFor()
    const ready = Date.now() - from
    await signIn(page, url, admin)
    await page.locator('.ant-table-row').first().waitFor()
    console.log(`First load with the list of journeys: ${(bytes / 1024).toFixed(0)} kB compressed; the sign-in is there after ${ready} ms.`)
    assert.ok(bytes < 500 * 1024, `Expected the shell under 500 kB compressed, but it is ${bytes}.`)

    // The editor's own code is loaded once; what is measured is opening a journey.
    await page.goto(`${url}/#/journeys/long`)
    await page.locator('[data-step="s-1"]').waitFor()
    await page.goto(`${url}/#/journeys`)
    await page.locator('.ant-table-row').first().waitFor()
    const times = []
    for (let i = 0; i < 3; i++) {
      times.push(await page.evaluate(async () => {
        const began = performance.now()
        location.hash = '#/journeys/long'
        while (!document.querySelector('[data-step="s-2"]')) await new Promise((next) => requestAnimationFrame(next))
        return performance.now() - began
      }))
      if (i === 2) break
      await page.goto(`${url}/#/journeys`)
      await page.locator('.ant-table-row').first().waitFor()
    }
    const opened = Math.min(...times)
    await settled(page)

    const surface = await page.locator('.react-flow__pane').boundingBox()
    await page.mouse.move(surface.x + surface.width / 2, surface.y + surface.height / 2)
    await tools.send('Performance.enable')
    const metric = async (name) => (await tools.send('Performance.getMetrics')).metrics.find((one) => one.name === name).value
    await page.evaluate(() => {
      window.frames60 = 0
      const count = () => ((window.frames60 += 1), requestAnimationFrame(count))
      requestAnimationFrame(count)
    })
    /** Milliseconds of script in each frame while something is done frame by frame. */
    const perFrame = async (times, move) => {
      const [script, frames] = [await metric('ScriptDuration'), await page.evaluate(() => window.frames60)]
      for (let i = 0; i < times; i++) {
        await move(i)
        await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)))
      }
      return ((await metric('ScriptDuration')) - script) * 1000 / Math.max(1, (await page.evaluate(() => window.frames60)) - frames)
    }
    const [x, y] = [surface.x + surface.width / 2, surface.y + surface.height / 2]
    const wheel = await perFrame(60, (i) => page.mouse.wheel(0, i < 40 ? 120 : -160))
    await page.mouse.move(surface.x + 30, y)
    await page.mouse.down()
    const pulled = await perFrame(60, (i) => page.mouse.move(surface.x + 30 + (i % 20) * 3, y + (i < 30 ? i * 8 : (60 - i) * 8)))
    await page.mouse.up()
    // A step from the palette over the canvas and its edges.
    const handle = await page.locator('[data-palette="wait"]').boundingBox()
    await page.mouse.move(handle.x + 20, handle.y + 10)
    await page.mouse.down()
    await page.mouse.move(handle.x + 30, handle.y + 20, { steps: 3 })
    const dragged = await perFrame(60, (i) => page.mouse.move(x + Math.sin(i / 4) * 120, surface.y + 60 + i * 8))
    await page.mouse.move(handle.x + 20, handle.y + 10)
    await page.mouse.up()
    const costs = { 'panning by the wheel': wheel, 'panning by hand': pulled, 'dragging a step': dragged }
    console.log(`${stepsMax} steps open in ${opened.toFixed(0)} ms; script a frame: ${Object.entries(costs).map(([what, cost]) => `${what} ${cost.toFixed(2)} ms`).join(', ')}.`)
    // The machine of a check does other things as well; FULL_SPEED=1 holds it to what is promised.
    const busy = process.env.FULL_SPEED === '1' ? 1 : 3
    assert.ok(opened < 1_000 * busy, `Expected ${stepsMax} steps to open within a second, but it took ${opened.toFixed(0)} ms.`)
    for (const [what, cost] of Object.entries(costs)) assert.ok(cost < 8 * busy, `Expected ${what} under 8 ms of script a frame, but it takes ${cost.toFixed(2)}.`)
    assert.ok(ready < 2_000 * busy, `Expected the sign-in within two seconds, but it took ${ready} ms.`)
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}
