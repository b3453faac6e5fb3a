import assert from 'node:assert/strict'
import { openBrowser, openPage, signIn } from './browser.mjs'

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
    await page.getByPlaceholder('am_admin_…').waitFor()
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
    await page.waitForTimeout(500)

    const surface = await page.locator('.react-flow__pane').boundingBox()
    await page.mouse.move(surface.x + surface.width / 2, surface.y + surface.height / 2)
    await tools.send('Performance.enable')
    const metric = async (name) => (await tools.send('Performance.getMetrics')).metrics.find((one) => one.name === name).value
    await page.evaluate(() => {
      window.frames60 = 0
      const count = () => ((window.frames60 += 1), requestAnimationFrame(count))
      requestAnimationFrame(count)
    })
    const [script, frames] = [await metric('ScriptDuration'), await page.evaluate(() => window.frames60)]
    for (let i = 0; i < 60; i++) {
      await page.mouse.wheel(0, i < 40 ? 120 : -160)
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)))
    }
    const perFrame = ((await metric('ScriptDuration')) - script) * 1000 / Math.max(1, (await page.evaluate(() => window.frames60)) - frames)
    console.log(`${stepsMax} steps open in ${opened.toFixed(0)} ms; panning costs ${perFrame.toFixed(2)} ms of script a frame.`)
    // The machine of a check does other things as well; FULL_SPEED=1 holds it to what is promised.
    const busy = process.env.FULL_SPEED === '1' ? 1 : 3
    assert.ok(opened < 1_000 * busy, `Expected ${stepsMax} steps to open within a second, but it took ${opened.toFixed(0)} ms.`)
    assert.ok(perFrame < 8 * busy, `Expected panning under 8 ms of script a frame, but it takes ${perFrame.toFixed(2)}.`)
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}
