import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

// The designer's own packages hold the driver; no second installation.
const { chromium } = createRequire(new URL('../../designer/package.json', import.meta.url))('playwright-core')

export const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))

export async function openBrowser() {
  return chromium.launch({
    executablePath: chromiumPath, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/** A page in one language, whose errors fail the check; with `calm`, for somebody who wants nothing to move: a colour on its way to another is not one to judge. */
export async function openPage(browser, { language = 'en', dark = false, width = 1440, height = 900, calm = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', colorScheme: dark ? 'dark' : 'light', reducedMotion: calm ? 'reduce' : 'no-preference' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  watchRequests(page)
  const wrong = []
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('console', (line) => {
    // A refused request is something the page tells its user, and what the checks ask for.
    if (line.type() === 'error' && !line.text().includes('Failed to load resource')) wrong.push(line.text())
  })
  return { page, wrong }
}

const underWay = new WeakMap()

/** What a page has asked for and not got yet; the live feed never ends and does not count. */
function watchRequests(page) {
  const asked = new Map()
  underWay.set(page, asked)
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource' || request.url().includes('/live')) return
    let ended
    asked.set(request, Object.assign(new Promise((done) => { ended = done }), { end: () => ended() }))
  })
  for (const event of ['requestfinished', 'requestfailed']) page.on(event, (request) => {
    asked.get(request)?.end()
    asked.delete(request)
  })
}

export async function signIn(page, url, key) {
  await page.goto(url)
  await page.getByRole('button', { name: /Sign in with a key|用密钥登录/ }).click()
  await page.getByPlaceholder('am_admin_…').fill(key)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Waits until a page has what it asked for and nothing moves any more: no request, no spinner, no skeleton, no running animation, no pending frame of layout. */
export async function settled(page, path) {
  // Pages are loaded when they are gone to, and until then the one before stays.
  if (path) await page.locator(`#main[data-page="${path.split('?')[0]}"]`).waitFor()
  const asked = underWay.get(page)
  do {
    await Promise.all(asked.values())
    await page.waitForFunction(async (within) => {
      // While a page's script is fetched the page before stands hidden in its place.
      const isThere = [...document.querySelectorAll(`${within} :is(h1, h3, [data-step], .drawer)`)].some((one) => one.checkVisibility())
      if (!isThere || document.querySelector('.ant-spin-spinning, .ant-skeleton')) return false
      // An animation that repeats for ever, as the pulse of a tag, has no end to wait for.
      const moving = document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity)
      await Promise.allSettled(moving.map((one) => one.finished))
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
      return moving.length === 0
    }, path ? '#main' : 'body')
  } while (asked.size > 0)
  await page.evaluate(() => document.fonts.ready)
}
