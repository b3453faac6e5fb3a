// Pictures of every page, to be looked at: node pictures.mjs FOLDER [zh|en] [light|dark] [1300|1600]. With `docs` instead of a folder
// those of the READMEs are made anew, in docs/images. They are taken from the demo shop, whose past is the same each time.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBrowser, openPage, settled, signIn } from './browser.mjs'
import { automation, freePort, serve, until } from '../e2e-segment/server.mjs'

const [into, ...only] = process.argv.slice(2)
if (!into) throw new Error('Expected a folder for the pictures, or docs, but there is none.')
const folder = into === 'docs' ? fileURLToPath(new URL('../../docs/images', import.meta.url)) : into
const chosen = (values) => (values.some((value) => only.includes(value)) ? values.filter((value) => only.includes(value)) : values)

/** The demo shop: sixty days of its past, and then a clock that stands nearly still. */
async function startDemo() {
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn('dotnet', [process.env.AUTOMATION_SERVER_DLL, 'demo', '--urls', url, '--speed', '0.1'])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  await until('the demo to have lived through its past', async () => / decisions {2}/.test(said), 240)
  const [key] = /am_admin_\S+/.exec(said)
  return { url, key, stop: () => (child.kill('SIGINT'), ended) }
}

async function startEmpty() {
  const data = await mkdtemp(join(tmpdir(), 'automation-pictures-'))
  const { key } = await automation('key', 'create', '--role', 'admin', '--data', data)
  const server = await serve(data)
  const link = /#(\/welcome\/[\w-]+)/.exec(server.log())?.[1]
  return { url: server.url, key, link, stop: () => server.stop().then(() => rm(data, { recursive: true, force: true })) }
}

/** Somebody who is worth looking at: on the way in one journey and through others. */
async function somebody(demo) {
  const headers = { authorization: `Bearer ${demo.key}` }
  const ask = (path) => fetch(demo.url + path, { headers }).then((answer) => answer.json())
  const { facts } = await ask('/api/audit?journey=first-purchase&kind=message_suppressed&limit=200')
  const [walked] = facts.filter((fact) => fact.step === 'thanks')
  const { people } = await ask('/api/journeys/win-back/people?limit=50')
  return { walked, waiting: people[0]?.contact ?? walked.contact }
}

/** What each picture shows: where it is, and what is clicked there first. */
const pages = ({ walked, waiting }) => ({
  journeys: ['/journeys'],
  editor: ['/journeys/first-purchase', '[data-step="thanks"]'],
  trigger: ['/journeys/first-purchase', '[data-step="/trigger"]'],
  split: ['/journeys/win-back', '[data-step="half"]'],
  figures: ['/journeys/first-purchase?view=figures', '[data-step="thanks"]'],
  whole: ['/journeys/win-back?view=figures'],
  person: [`/journeys/first-purchase?view=person&contact=${walked.contact}&passage=${walked.ordinal}`],
  publish: ['/journeys/win-back', '.bar .ant-btn-primary'],
  contacts: ['/contacts'],
  contact: [`/contacts/${waiting}`],
  messages: ['/messages'],
  ledger: ['/ledger?journey=first-purchase'],
  mailbox: ['/mailbox'],
  templates: ['/templates/welcome-sms'],
  segments: ['/segments/vip'],
  accounts: ['/accounts'],
  operations: ['/operations'],
  settings: ['/settings'],
  replay: ['/operations', 'button:has(.anticon-redo)'],
  exit: ['/operations', 'button:has(.anticon-export)'],
  erase: [`/contacts/${waiting}`, 'button:has(.anticon-delete)'],
  users: ['/users'],
})

/** Those that need nobody, or somebody with a name and a password. */
const password = 'three blind mice run'
async function people(page, empty, name) {
  const headers = { authorization: `Bearer ${empty.key}`, 'content-type': 'application/json' }
  const lin = { name: `lin-${Math.random().toString(36).slice(2, 8)}`, role: 'admin' }
  const invited = await (await fetch(`${empty.url}/api/users`, { method: 'POST', headers, body: JSON.stringify(lin) })).json()
  for (const [what, path] of [['welcome', empty.link], ['invited', invited.link.path.replace('/#', '')]]) {
    await page.goto('about:blank')
    await page.goto(`${empty.url}/#${path}`)
    await settled(page)
    await still(page)
    await page.screenshot({ path: name(what) })
  }
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password)
  await page.locator('button[type=submit]').click()
  await page.locator('#main').waitFor()
  await shoot(page, empty.url, ['/account'], name('account'))
  await shoot(page, empty.url, ['/users'], name('users-of-one'))
}

/** A picture is of what somebody sees who looks for a while: nothing has changed for thirty frames, and something is there. */
async function still(page) {
  await page.evaluate(() => { window.seen = { text: '', frames: 0 } })
  await page.waitForFunction(() => {
    const text = document.body.innerText
    const isThere = [...document.querySelectorAll('h1, h3, [data-step], .drawer')].some((one) => one.checkVisibility())
    window.seen = { text, frames: isThere && text === window.seen.text ? window.seen.frames + 1 : 0 }
    return window.seen.frames >= 30
  })
}

async function shoot(page, url, [path, click], file) {
  await page.goto(`${url}/#${path}`)
  await settled(page, path)
  await still(page)
  if (click) {
    await page.locator(click).first().click()
    await settled(page)
    await still(page)
  }
  const picture = await page.screenshot(file ? { path: file } : {})
  if (click) await page.keyboard.press('Escape')
  return picture
}

async function everything(demo, empty, who) {
  for (const language of chosen(['zh', 'en'])) for (const light of chosen(['light', 'dark'])) for (const width of chosen(['1300', '1600'])) {
    const looks = { language, calm: true, dark: light === 'dark', width: Number(width), height: Math.round(Number(width) * 0.625) }
    const name = (page) => join(folder, `${page}.${language}.${light}.${width}.png`)
    const { page } = await openPage(browser, looks)
    await page.goto(demo.url)
    await settled(page)
    await page.screenshot({ path: name('sign-in') })
    await signIn(page, demo.url, demo.key)
    for (const [what, how] of Object.entries(pages(who))) await shoot(page, demo.url, how, name(what))
    await page.context().close()
    const first = await openPage(browser, looks)
    await signIn(first.page, empty.url, empty.key)
    await shoot(first.page, empty.url, ['/journeys'], name('gallery'))
    for (const what of ['contacts', 'messages', 'ledger', 'mailbox', 'templates', 'operations', 'accounts']) await shoot(first.page, empty.url, [`/${what}`], name(`empty-${what}`))
    await first.page.context().close()
    const door = await openPage(browser, looks)
    await people(door.page, empty, name)
    await door.page.context().close()
  }
}

/** Chromium writes a picture of text a quarter as large as a PNG. */
async function asWebp(page, png) {
  const url = await page.evaluate(async (data) => {
    const picture = new Image()
    picture.src = `data:image/png;base64,${data}`
    await picture.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height })
    canvas.getContext('2d').drawImage(picture, 0, 0)
    return canvas.toDataURL('image/webp', 0.86)
  }, png.toString('base64'))
  return Buffer.from(url.split(',')[1], 'base64')
}

const inReadme = { designer: 'editor', 'designer-message': 'templates', 'designer-person': 'person', 'designer-figures': 'figures' }

async function forReadme(demo, who) {
  for (const [language, ending] of [['zh', '.zh'], ['en', '']]) {
    const { page } = await openPage(browser, { language, calm: true, width: 1300, height: 780 })
    await signIn(page, demo.url, demo.key)
    const small = await browser.newPage()
    for (const [file, what] of Object.entries(inReadme)) {
      const picture = await shoot(page, demo.url, pages(who)[what])
      await writeFile(join(folder, `${file}${ending}.webp`), await asWebp(small, picture))
    }
    await small.close()
    await page.context().close()
  }
}

const [demo, empty] = await Promise.all([startDemo(), startEmpty()])
const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const who = await somebody(demo)
  await (into === 'docs' ? forReadme(demo, who) : everything(demo, empty, who))
} finally {
  await browser.close()
  await Promise.all([demo.stop(), empty.stop()])
}
