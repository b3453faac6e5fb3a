import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumPath } from './browser.mjs'
import { compareTypes } from './types.mjs'
import { automation, serve } from '../e2e-segment/server.mjs'
import { drawAndPublish } from './story.mjs'

const workspace = fileURLToPath(new URL('workspace', import.meta.url))
const data = await mkdtemp(join(tmpdir(), 'automation-designer-'))
let server
try {
  const admin = (await automation('key', 'create', '--role', 'admin', '--data', data)).key
  const write = (await automation('key', 'create', '--role', 'write', '--data', data)).key
  server = await serve(data, workspace)

  console.log('== the API client against OpenAPI')
  await compareTypes(server.url, admin)

  if (chromiumPath) {
    console.log('== a journey in the browser')
    await drawAndPublish(server.url, admin, write)
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
