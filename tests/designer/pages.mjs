import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'

const axe = await readFile(new URL('../../designer/node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** Texts that would do something if any page took them for markup. */
const corpus = [
  '<script>window.harmed=1</script>', '<img src=x onerror="window.harmed=1">', '"><svg onload="window.harmed=1">', "';window.harmed=1;//", '{{constructor.constructor("window.harmed=1")()}}',
  'javascript:window.harmed=1', '<iframe srcdoc="<script>parent.harmed=1</script>">', '<a href="javascript:window.harmed=1">a</a>', '</title><script>window.harmed=1</script>', '\u202e<b onmouseover=window.harmed=1>',
]

/** A workspace full of them: contacts, events, templates, names, notes. */
async function poison(url, admin, write) {
  const send = (path, key, body, method = 'POST') => fetch(url + path, { method, headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const all = corpus.join(' ')
  await send('/v1/batch', write, {
    batch: corpus.flatMap((text, i) => [
      { type: 'identify', userId: `${text} ${i}`, messageId: `x-i${i}`, traits: { name: text, city: text, [text.slice(0, 40)]: text, phone: `1380013${String(8100 + i)}` } },
      { type: 'track', userId: `${text} ${i}`, messageId: `x-t${i}`, event: `bad ${text}`, properties: { [text.slice(0, 40)]: text, sort: text } },
      { type: 'track', userId: `${text} ${i}`, messageId: `x-b${i}`, event: 'poisoned', properties: { text } },
    ]),
  })
  await send('/api/templates/poison', admin, { key: 'poison', name: all, channel: 'sms', content: { text: 'T {{ event.text }} <script>window.harmed=1</script>', sign: '<b>' } }, 'PUT')
  await send('/api/segments/poison', admin, { key: 'poison', name: all, rule: { combinator: 'and', rules: [{ field: 'contact.city', operator: '=', value: corpus[0] }] } }, 'PUT')
  await send('/api/journeys/poison', admin, {
    key: 'poison', name: all, description: all, trigger: { on: 'event', event: 'poisoned' },
    steps: [
      { id: 'send', type: 'send', name: corpus[1], channel: 'sms', template: 'poison', next: 'which' },
      { id: 'which', type: 'branch', name: corpus[2], branches: [{ name: corpus[0], when: { combinator: 'and', rules: [{ field: 'event.text', operator: '=', value: corpus[1] }] }, next: 'out' }], otherwise: 'out' },
      { id: 'out', type: 'exit', reason: corpus[6] },
    ],
    notes: [{ step: 'send', text: all }],
  }, 'PUT')
  await send('/api/journeys/poison/publish', admin, {})
  await send('/v1/track', write, { userId: `${corpus[1]} 1`, event: 'poisoned', messageId: 'x-last', properties: { text: corpus[1] } })
}

/** Every page in both languages and both lights: no error, nothing that axe finds serious, and no text of a contact that becomes markup. */
export async function everyPage(url, admin, write) {
  await poison(url, admin, write)
  const { contacts } = await fetch(`${url}/api/contacts?limit=50`, { headers: { authorization: `Bearer ${admin}` } }).then((answer) => answer.json())
  const poisoned = contacts.find((one) => one.identities.some((identity) => identity.value.includes('<img')))
  const pages = [
    '/journeys', '/journeys/poison', '/journeys/poison?view=figures', `/journeys/poison?view=person&contact=${poisoned.id}`, '/contacts', `/contacts/${poisoned.id}`, '/messages', '/ledger', '/mailbox',
    '/templates', '/templates/poison', '/segments/poison', '/accounts', '/operations', '/settings',
  ]
  const answer = await fetch(url)
  const policy = answer.headers.get('content-security-policy')
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /script-src 'self'(;|$)/)

  const browser = await openBrowser()
  const serious = []
  try {
    for (const [language, dark] of [['zh', false], ['zh', true], ['en', false], ['en', true]]) {
      const { page, wrong } = await openPage(browser, { language, dark, calm: true })
      page.on('dialog', () => wrong.push('A dialog was opened by a text.'))
      await page.goto(url)
      await page.getByRole('button', { name: /Sign in with a key|用密钥登录/ }).waitFor()
      serious.push(...(await look(page, `sign-in (${language})`)))
      await signIn(page, url, admin)
      for (const path of pages) {
        await page.goto(`${url}/#${path}`)
        await settled(page, path)
        if (path.startsWith('/journeys/poison')) {
          await page.locator('[data-step="which"]').click()
          await page.locator('.drawer').waitFor()
        }
        await settled(page)
        assert.equal(await page.evaluate(() => window.harmed), undefined, `A text became markup on ${path}.`)
        serious.push(...(await look(page, `${path} (${language}, ${dark ? 'dark' : 'light'})`)))
        if (language === 'zh') assert.doesNotMatch(await page.title(), /undefined/)
      }
      await settleDialogs(page, url, serious, language)
      assert.deepEqual(wrong, [])
      await page.context().close()
    }
  } finally {
    await browser.close()
  }
  assert.deepEqual(serious, [], `axe finds:\n${serious.join('\n')}`)
}

/** The sheet before publishing and the form of an account hang over pages and are looked at as well. */
async function settleDialogs(page, url, serious, language) {
  await page.goto(`${url}/#/journeys/poison`)
  await page.locator('[data-step="send"]').waitFor()
  await page.locator('.bar .ant-btn-primary').click()
  await page.locator('.ant-drawer-open').waitFor()
  await settled(page)
  serious.push(...(await look(page, `publish sheet (${language})`)))
  await page.goto(`${url}/#/accounts`)
  await page.locator('.page-head .ant-btn-primary').click()
  await page.locator('.ant-modal').waitFor()
  await settled(page)
  serious.push(...(await look(page, `account form (${language})`)))
}

/** What axe finds that is serious or critical. */
export async function look(page, place) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  return violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${place}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`)
}
