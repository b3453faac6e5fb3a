import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumPath } from './browser.mjs'
import { compareTypes } from './types.mjs'
import { automation, serve } from '../e2e-segment/server.mjs'
import { onTheCanvas } from './canvas.mjs'
import { dragging } from './drag.mjs'
import { figures } from './figures.mjs'
import { firstTenMinutes } from './first.mjs'
import { keyboardOnly } from './keyboard.mjs'
import { everyPage } from './pages.mjs'
import { speed } from './speed.mjs'
import { people } from './people.mjs'
import { drawAndPublish } from './story.mjs'
import { troubles } from './trouble.mjs'

const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const parts = process.argv.slice(2)
const wanted = (part) => parts.length === 0 || parts.includes(part)
/** A server of its own: what is there already would make it easier than it is. */
async function inEmptyWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), 'automation-designer-first-'))
  try {
    const admin = (await automation('key', 'create', '--role', 'admin', '--data', folder)).key
    const write = (await automation('key', 'create', '--role', 'write', '--data', folder)).key
    const empty = await serve(folder)
    try {
      await firstTenMinutes(empty.url, admin, write)
    } finally {
      await empty.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Nobody can sign in there yet; what its start printed says how. */
async function inNewInstallation() {
  const folder = await mkdtemp(join(tmpdir(), 'automation-designer-people-'))
  try {
    const fresh = await serve(folder)
    try {
      await people(fresh.url, fresh.log())
    } finally {
      await fresh.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const data = await mkdtemp(join(tmpdir(), 'automation-designer-'))
let server
try {
  const admin = (await automation('key', 'create', '--role', 'admin', '--data', data)).key
  const write = (await automation('key', 'create', '--role', 'write', '--data', data)).key
  server = await serve(data, workspace)

  console.log('== the API client against OpenAPI')
  await compareTypes(server.url, admin)

  if (chromiumPath) {
    const part = async (name, title, run) => {
      if (!wanted(name)) return
      const from = Date.now()
      console.log(`== ${title}`)
      await run()
      console.log(`   ${((Date.now() - from) / 1000).toFixed(1)} s`)
    }
    await part('story', 'a journey in the browser', () => drawAndPublish(server.url, admin, write))
    await part('keyboard', 'a journey by keyboard alone', () => keyboardOnly(server.url, admin))
    await part('canvas', 'what a canvas offers beside drawing', () => onTheCanvas(server.url, admin, write))
    await part('drag', 'steps and files by the mouse', () => dragging(server.url, admin))
    await part('trouble', 'server away, two people, session over', () => troubles(server.url, admin))
    await part('speed', 'first load and 300 steps', () => speed(server.url, admin))
    await part('pages', 'every page: errors, axe, texts that are no markup', () => everyPage(server.url, admin, write))
    await part('figures', 'figures that add up, and one zone for all times', () => figures(server.url, admin, write))
    await part('people', 'the set-up link, an invitation, signing in and out', inNewInstallation)
    await part('first', 'from an empty workspace to the ledger', inEmptyWorkspace)
  } else {
    console.log('No Chromium here: the browser part is left out (Debian: apt-get install chromium fonts-noto-cjk).')
  }
} catch (wrong) {
  if (server) console.error(server.log())
  throw wrong
} finally {
  await server?.stop()
  await rm(data, { recursive: true, force: true })
}
