import assert from 'node:assert/strict'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

const journey = {
  key: 'counted', name: 'Counted', trigger: { on: 'event', event: 'counted_in' }, exit: [{ event: 'counted_out' }],
  steps: [
    { id: 'tell', type: 'send', channel: 'wecom', template: 'counted-wecom', account: 'sandbox', fallback: [{ channel: 'sms', template: 'hello', after: '1h' }], next: 'which' },
    { id: 'which', type: 'branch', branches: [{ name: 'VIP', when: { combinator: 'and', rules: [{ field: 'contact.level', operator: '=', value: 'vip' }] }, next: 'wait' }] },
    { id: 'wait', type: 'wait', for: '2d' },
  ],
}
/** Who comes: with WeCom, with a phone only, with neither; VIPs wait, and one of them leaves early. */
const people = { a: { external_user_id: 'wm-a', consent: { wecom: true }, level: 'vip' }, b: { phone: '13800139001', level: 'vip' }, c: { phone: '13800139002' }, d: { level: 'vip' }, e: {} }

/** The figures on the cards and beside them are those of the ledger, and they add up. */
export async function figures(url, admin, write) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
  const ask = (path, init = {}) => fetch(url + path, { headers, ...init }).then((answer) => answer.json())
  const put = (path, body, revision) => ask(path, { method: 'PUT', headers: revision ? { ...headers, 'if-match': `"${revision}"` } : headers, body: JSON.stringify(body) })
  await put('/api/templates/counted-wecom', { key: 'counted-wecom', channel: 'wecom', content: { text: 'Hello' } })
  await put('/api/journeys/counted', journey)
  await ask('/api/journeys/counted/publish', { method: 'POST', body: '{}' })
  const track = (batch) => fetch(`${url}/v1/batch`, { method: 'POST', headers: { authorization: `Basic ${btoa(`${write}:`)}`, 'content-type': 'application/json' }, body: JSON.stringify({ batch }) })
  await track(Object.entries(people).flatMap(([who, traits]) => [
    { type: 'identify', userId: `counted-${who}`, messageId: `counted-i-${who}`, traits }, { type: 'track', userId: `counted-${who}`, event: 'counted_in', messageId: `counted-t-${who}` },
  ]))
  const facts = async (kind, step, reason = '') => (await ask(`/api/audit?journey=counted&kind=${kind}&step=${step}${reason && `&reason=${reason}`}&limit=500`)).facts.length
  await until('everybody to have gone as far as they go', async () => (await facts('wait_started', 'wait')) === 3 && (await facts('branch_taken', 'which')) === 5)
  await track([{ type: 'track', userId: 'counted-d', event: 'counted_out', messageId: 'counted-out' }])
  await until('one to have left', async () => (await facts('exited', 'wait')) === 1)

  const browser = await openBrowser()
  try {
    const { page, wrong } = await openPage(browser)
    await signIn(page, url, admin)
    await page.goto(`${url}/#/journeys/counted?view=figures`)
    const foot = async (step) => (await page.locator(`[data-step="${step}"] .card-foot`).innerText()).replace(/\s+/g, ' ')
    await page.locator('[data-step="wait"]').filter({ hasText: '1 left' }).waitFor({ timeout: 30_000 })
    await settled(page)
    const refused = await facts('message_suppressed', 'tell')
    const another = await facts('fallback_started', 'tell')
    // Four have no WeCom and are tried by SMS; two of them have no phone either. Nobody is counted twice.
    assert.deepEqual([refused, another], [6, 4])
    assert.equal(await foot('tell'), `5 passed ${refused - another} not sent`)
    assert.equal(await foot('which'), `${await facts('branch_taken', 'which')} passed`)
    assert.equal(await foot('wait'), '2 here 1 left')

    await page.locator('[data-step="wait"]').click()
    const panel = page.locator('.drawer')
    await panel.getByText('Came here').waitFor()
    const row = async (label) => Number((await panel.locator('.figure').filter({ hasText: label }).locator('dd').innerText()).split(/\s/)[0])
    assert.deepEqual([await row('Came here'), await row('are here now'), await row('went on'), await row('left the journey here')], [3, 2, 0, 1])
    assert.deepEqual([await row('Entered, but did not come here'), await row('took another way')], [2, 2])
    await page.locator('[data-step="tell"]').click()
    await panel.getByText('Messages refused').waitFor()
    const link = panel.getByRole('link', { name: '6' })
    assert.equal(await link.count(), 1)
    await link.click()
    await settled(page, '/ledger')
    assert.equal(await page.locator('.ant-table-row:has(td.when)').count(), await facts('message_suppressed', 'tell', 'no_address'))

    // The contact's page: nobody on the way any more, but the journey they were in, and why it ended.
    const { contacts } = await ask('/api/contacts?identity=counted-d')
    await page.goto(`${url}/#/contacts/${contacts[0].id}`)
    const past = page.locator('.ant-card').filter({ hasText: 'Journeys before' })
    await past.getByText('Counted', { exact: true }).waitFor()
    await past.getByText('an exit event came').waitFor()

    // By day, beside the journey; the last bar is today.
    await page.goto(`${url}/#/journeys`)
    await page.locator('[data-row-key="counted"] .spark').waitFor()
    assert.equal(await page.locator('[data-row-key="counted"] .spark').getAttribute('aria-label'), '5 entered in the last 30 days')
    assert.equal(await page.locator('[data-row-key="counted"] .spark rect.today').count(), 1)
    await oneZone(page, url, ask, put)
    assert.deepEqual(wrong, [])
  } finally {
    await browser.close()
  }
}

/** All times are the workspace's, wherever the browser is; a change of its zone shows at once. */
async function oneZone(page, url, ask, put) {
  const { facts: [fact] } = await ask('/api/audit?journey=counted&kind=enrolled&limit=1')
  const told = (timeZone) => new Date(fact.at).toLocaleString('en-GB', { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone })
  await page.goto(`${url}/#/ledger?journey=counted&kind=enrolled`)
  await page.locator('.ant-table-row').filter({ hasText: told('Asia/Shanghai') }).first().waitFor()
  const { document, revision } = await ask('/api/settings')
  await put('/api/settings', { ...document, time_zone: 'America/New_York' }, revision)
  await page.reload()
  await page.locator('.side-zone').filter({ hasText: 'America/New_York' }).waitFor()
  await page.locator('.ant-table-row').filter({ hasText: told('America/New_York') }).first().waitFor()
  assert.notEqual(told('America/New_York'), told('Asia/Shanghai'))
}
