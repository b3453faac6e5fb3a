import assert from 'node:assert/strict'
import { openBrowser, openPage } from './browser.mjs'

const password = 'three blind mice run'

/** The first admin by the printed link, a second person by invitation; wrong password, signing out, an ended session. */
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
