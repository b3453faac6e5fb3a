import assert from 'node:assert/strict'
import { openBrowser, openPage } from './browser.mjs'

const password = 'three blind mice run'

/** The first admin by the printed link, a second person by invitation; wrong password, signing out, an ended session; a journey that one asks to publish and the other approves. */
export async function people(url, printed) {
  const link = /\/#\/welcome\/[\w-]+/.exec(printed)?.[0]
  assert.ok(link, `Expected a set-up link in what the start printed, but found: ${printed}`)
  const browser = await openBrowser()
  const choose = async (page, name) => {
    if (name) await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('New password').fill(password)
    await page.getByLabel('Once more').fill(password)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByRole('heading', { level: 1, name: 'Journeys' }).waitFor()
  }
  const signIn = async (page, name, typed = password) => {
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Password', { exact: true }).fill(typed)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  try {
    const { page: admin, wrong } = await openPage(browser)
    await admin.goto(url + link)
    await choose(admin, 'li')
    assert.ok(!(await admin.evaluate(() => document.cookie)), 'Expected no cookie that a script can read, but there is one.')
    await admin.reload()
    await admin.getByRole('heading', { level: 1, name: 'Journeys' }).waitFor()

    const again = await openPage(browser)
    await again.page.goto(url + link)
    await again.page.getByText('This link was used').waitFor()

    await admin.goto(`${url}/#/users`)
    await admin.getByRole('button', { name: 'Invite' }).click()
    await admin.getByRole('dialog').getByLabel('Name', { exact: true }).fill('wang')
    await admin.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    const invitation = await admin.getByRole('textbox', { name: 'Link for wang' }).inputValue()
    await admin.getByRole('button', { name: 'OK', exact: true }).click()

    const { page: second, wrong: wrongThere } = await openPage(browser)
    await second.goto(invitation)
    await choose(second)
    assert.equal(await second.getByRole('menuitem', { name: 'Users and keys' }).count(), 0)
    await second.getByRole('button', { name: 'Sign out' }).click()
    await signIn(second, 'wang', 'not the password')
    await second.getByText('Name, password or code are wrong.').waitFor()

    // Who cannot read the page can change its language before anybody knows who they are, and it stays so.
    await second.getByRole('button', { name: '中文' }).click()
    await second.getByText('用户名、密码或验证码有误。').waitFor()
    await second.reload()
    await second.getByLabel('用户名', { exact: true }).waitFor()
    await second.getByRole('button', { name: 'English' }).click()
    await signIn(second, 'wang')
    await second.getByRole('heading', { level: 1 }).waitFor()

    await fourEyes(url, admin, second)

    // A change goes through with the page's token, and its fact names the person.
    await admin.goto(`${url}/#/ledger`)
    await admin.getByRole('cell', { name: 'wang', exact: true }).first().waitFor()

    await admin.goto(`${url}/#/users`)
    await admin.getByRole('row', { name: /wang/ }).getByRole('button', { name: 'Lock' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: 'OK', exact: true }).click()
    await admin.getByRole('row', { name: /wang/ }).getByText('locked').waitFor()
    await second.goto(`${url}/#/contacts`)
    await second.getByText('Your session is over').waitFor()
    assert.deepEqual([...wrong, ...wrongThere], [])
  } finally {
    await browser.close()
  }
}

/** What one asks for another sends back, and then approves; nobody publishes alone. */
async function fourEyes(url, li, wang) {
  await li.goto(`${url}/#/settings`)
  await li.getByText('By somebody else').click()
  await li.getByText('Saved', { exact: true }).waitFor()
  const status = await li.evaluate(async () => {
    const { csrf_token } = await (await fetch('/api/session')).json()
    const journey = { key: 'eyes', name: 'Two people', trigger: { on: 'event', event: 'came' }, entry: { repeat: 'once' }, steps: [{ id: 'day', type: 'wait', for: '24h' }] }
    return (await fetch('/api/journeys/eyes', { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token }, body: JSON.stringify(journey) })).status
  })
  assert.equal(status, 200)

  const sheet = (page) => page.getByRole('dialog')
  const open = async (page) => {
    await page.goto(`${url}/#/journeys`)
    await page.getByRole('link', { name: 'Two people' }).click()
    await page.locator('.bar .ant-btn-primary').click()
  }
  const press = (page, name) => sheet(page).getByRole('button', { name, exact: true }).click()
  await open(li)
  await sheet(li).getByText('Publishing needs somebody else’s approval').waitFor()
  assert.equal(await sheet(li).getByRole('button', { name: 'Publish' }).count(), 0)
  await sheet(li).getByLabel('Comment').fill('for the holidays')
  await press(li, 'Ask for approval')
  await li.locator('.bar [data-approval="open"]').waitFor()
  await open(li)
  await sheet(li).getByRole('button', { name: 'Withdraw' }).waitFor()
  assert.equal(await sheet(li).getByRole('button', { name: 'Approve' }).count(), 0)

  await wang.goto(`${url}/#/journeys`)
  // They stood there already, with the list as it was.
  await wang.reload()
  await wang.getByText('Waiting for approval (1)').click()
  await open(wang)
  await sheet(wang).getByText('for the holidays').waitFor()
  assert.ok(await sheet(wang).getByRole('button', { name: 'Reject' }).isDisabled(), 'Expected a comment to be needed, but it is not.')
  await sheet(wang).getByLabel('Comment').fill('too soon')
  await press(wang, 'Reject')
  await wang.getByText('Rejected', { exact: true }).first().waitFor()

  await open(li)
  await sheet(li).getByText(/^wang rejected it/).waitFor()
  await press(li, 'Ask for approval')
  await li.locator('.bar [data-approval="open"]').waitFor()
  await open(wang)
  await press(wang, 'Approve and publish')
  await wang.locator('.bar').getByText('Running').waitFor()
}
