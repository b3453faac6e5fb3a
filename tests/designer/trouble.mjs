import assert from 'node:assert/strict'
import { openBrowser, openPage, signIn } from './browser.mjs'
import { until } from '../e2e-segment/server.mjs'

const document = (key) => ({ key, name: key, trigger: { on: 'event', event: 'e' }, steps: [{ id: 'wait', type: 'wait', for: '1d' }] })

/** What goes wrong while people draw: the server is away, two edit one draft, the session ends. Nothing anybody wrote is lost. */
export async function troubles(url, admin) {
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
  const api = (path) => fetch(url + path, { headers }).then((answer) => answer.json())
  const put = (key) => fetch(`${url}/api/journeys/${key}`, { method: 'PUT', headers, body: JSON.stringify(document(key)) })
  const key = () => fetch(`${url}/api/keys`, { method: 'POST', headers, body: JSON.stringify({ role: 'marketer', name: 'for a while' }) }).then((answer) => answer.json())
  const browser = await openBrowser()
  const open = async (key, as = admin) => {
    const { page } = await openPage(browser)
    await signIn(page, url, as)
    await page.goto(`${url}/#/journeys/${key}`)
    await page.locator('[data-step="wait"]').waitFor()
    return page
  }
  const rename = (page, text) => page.getByRole('textbox', { name: 'Name', exact: true }).fill(text)
  const named = async (key) => ((await api(`/api/journeys/${key}`)).draft ?? {}).name
  try {
    await put('away')
    const page = await open('away')
    await page.context().setOffline(true)
    await rename(page, 'Written while away')
    await page.locator('[data-saving="offline"]').waitFor()
    await page.context().setOffline(false)
    await until('the edit to be saved when the server is back', async () => (await named('away')) === 'Written while away')

    // A tab that is closed while the server is away offers its edits to the next.
    await page.context().setOffline(true)
    await rename(page, 'Closed while away')
    await page.locator('[data-saving="offline"]').waitFor()
    await page.evaluate(() => (window.onbeforeunload = null))
    await page.context().setOffline(false)
    await page.route('**/api/journeys/away', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
    page.on('dialog', (dialog) => dialog.accept())
    await page.reload()
    await page.getByRole('button', { name: 'Restore them' }).waitFor()
    await page.unroute('**/api/journeys/away')
    await page.getByRole('button', { name: 'Restore them' }).click()
    await until('the kept edit to be saved', async () => (await named('away')) === 'Closed while away')
    console.log('== server away: kept and saved')

    await put('shared')
    const [one, two] = [await open('shared'), await open('shared')]
    await rename(one, 'From the first')
    await until('the first to have saved', async () => (await named('shared')) === 'From the first')
    await rename(two, 'From the second')
    const conflict = two.getByRole('dialog')
    await conflict.getByText('Somebody saved meanwhile').waitFor()
    assert.deepEqual([await conflict.locator('del').innerText(), await conflict.locator('ins').innerText()], ['From the first', 'From the second'])
    await two.getByRole('button', { name: 'Save mine over it' }).click()
    await until('the second to have saved', async () => (await named('shared')) === 'From the second')
    await rename(one, 'The first again')
    await one.getByRole('button', { name: 'Take theirs' }).click()
    assert.equal(await one.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'From the second')
    // What was given up for theirs is one step back.
    await one.getByRole('button', { name: 'Undo' }).click()
    assert.equal(await one.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'The first again')
    console.log('== two people: both versions kept')

    await put('session')
    const made = await key()
    const third = await open('session', made.key)
    await fetch(`${url}/api/keys/${made.id}`, { method: 'DELETE', headers })
    await rename(third, 'After the session')
    await third.getByText('Your session is over').waitFor()
    await third.locator('[data-saving="signed_out"]').waitFor()
    // In the middle of editing: the drawer is open, and what is undone and done again is all still there beneath the dialog.
    assert.equal(await third.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'After the session')
    const again = (await key()).key
    await third.getByPlaceholder('am_admin_…').fill(again)
    await third.keyboard.press('Enter')
    await until('the draft to be saved with the new key', async () => (await named('session')) === 'After the session')
    await third.getByRole('button', { name: 'Undo' }).click()
    assert.equal(await third.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'session')
    console.log('== session over: signed in again, nothing lost')
  } finally {
    await browser.close()
  }
}
