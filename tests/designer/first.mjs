import assert from 'node:assert/strict'
import { openBrowser, openPage, signIn } from './browser.mjs'
import { look } from './pages.mjs'
import { until } from '../e2e-segment/server.mjs'

/** From an empty workspace to a delivered message and its line in the ledger, in Chinese, as somebody does it who has never seen it. */
export async function firstTenMinutes(url, admin, write) {
  const api = (path) => fetch(url + path, { headers: { authorization: `Bearer ${admin}` } }).then((answer) => answer.json())
  const browser = await openBrowser()
  const began = Date.now()
  try {
    const { page, wrong } = await openPage(browser, { language: 'zh' })
    await signIn(page, url, admin)

    // The channel: where its messages go, and that people need not be asked.
    await page.getByRole('menuitem', { name: '设置' }).click()
    await page.getByRole('combobox', { name: '短信: 账号' }).fill('sandbox')
    await page.keyboard.press('Escape')
    await page.getByRole('radiogroup', { name: '短信: 授权' }).getByText('未拒绝即可发').click()
    await page.getByRole('button', { name: /保\s*存/ }).click()
    await until('the settings to be saved', async () => (await api('/api/settings')).document.accounts?.sms === 'sandbox')

    // A ready journey, made smaller: its send, and nothing else.
    await page.getByRole('menuitem', { name: '旅程' }).click()
    await page.locator('[data-ready]').first().waitFor()
    assert.equal(await page.locator('[data-ready]').count(), 8)
    assert.deepEqual(await look(page, 'the gallery'), [])
    const dialog = page.getByRole('dialog')
    // A file is taken as well, and a wrong one is told.
    const file = (text) => page.locator('input[type=file]').setInputFiles({ name: 'journey.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) })
    await file('just words')
    await page.getByText('这个文件不是旅程').waitFor()
    await file('key: from-file\nname: 来自文件\ntrigger: { on: manual }\nsteps: [{ id: wait, type: wait, for: 1d }]\n')
    assert.equal(await dialog.getByLabel('标识').inputValue(), 'from-file')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.locator('[data-ready="birthday"]').click()
    await dialog.getByLabel('名称').fill('新人问候')
    await dialog.getByLabel('标识').fill('hello')
    await dialog.locator('.ant-modal-footer .ant-btn-primary').click()
    await page.locator('[data-step="wishes"]').waitFor()
    await page.locator('[data-step="/trigger"]').click()
    await page.getByRole('combobox', { name: '触发方式' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: /^发生行为$/ }).click()
    await page.getByRole('combobox', { name: '事件', exact: true }).first().fill('group_joined')
    await page.keyboard.press('Escape')

    // The message, written without leaving the canvas.
    await page.locator('[data-step="wishes"]').click()
    await page.getByRole('combobox', { name: '渠道' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: /^短信$/ }).click()
    await page.getByRole('button', { name: '新建模板' }).click()
    await page.getByRole('dialog').getByLabel('标识').fill('first-hello')
    await page.getByRole('dialog').locator('.ant-modal-footer .ant-btn-primary').click()
    const text = page.locator('[data-field="正文"] .cm-content')
    await text.click()
    await page.keyboard.type('您好，欢迎！{{ contact.level | ')
    await page.locator('.field-wrong').waitFor()
    await page.keyboard.type('string.upcase }}')
    await page.locator('.field-wrong').waitFor({ state: 'detached' })
    await page.locator('.phone .said').filter({ hasText: '您好，欢迎！' }).waitFor()
    await page.getByRole('button', { name: '试发到沙箱' }).click()
    await until('the test in the mailbox', async () => (await api('/api/sandbox/mailbox')).messages.some((one) => one.step === 'first-hello'))
    await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click()
    await page.locator('[data-step="wishes"]').filter({ hasText: '用短信发送“first-hello”' }).waitFor()

    await until('the draft to be saved', async () => (await page.locator('[data-saving="saved"]').count()) > 0 && JSON.stringify(await api('/api/journeys/hello')).includes('first-hello'))
    await page.getByRole('button', { name: /^发\s*布$/ }).click()
    await page.getByRole('button', { name: '立即发布' }).click()
    await page.getByText('版本 1 已运行').waitFor()

    const track = (body) => fetch(`${url}/v1/batch`, {
      method: 'POST', headers: { authorization: `Basic ${btoa(`${write}:`)}`, 'content-type': 'application/json' }, body: JSON.stringify({ batch: body }),
    })
    await track([{ type: 'identify', userId: 'newcomer', traits: { phone: '13800138009', level: 'vip' } }, { type: 'track', userId: 'newcomer', event: 'group_joined', messageId: 'first-1' }])
    await until('the message to be delivered', async () => (await api('/api/messages?journey=hello')).messages[0]?.status === 'delivered')

    await page.goto(`${url}/#/mailbox`)
    await page.getByText('您好，欢迎！VIP').first().waitFor()
    await page.goto(`${url}/#/ledger?journey=hello&kind=message_delivered`)
    await page.locator('.ant-table-row').filter({ hasText: '消息已送达' }).waitFor()

    // And on the canvas: their way, and what is known of them there.
    const { contacts } = await api('/api/contacts?identity=newcomer')
    await page.goto(`${url}/#/journeys/hello?view=person&contact=${contacts[0].id}`)
    await page.locator('[data-step="wishes"].walk-on').waitFor()
    await page.locator('.facts').getByText('消息已送达').waitFor()
    assert.deepEqual(wrong, [])
    console.log(`From the empty workspace to the ledger in ${((Date.now() - began) / 1000).toFixed(1)} s of clicking.`)
  } finally {
    await browser.close()
  }
}
