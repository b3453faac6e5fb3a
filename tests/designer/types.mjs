import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const designer = fileURLToPath(new URL('../../designer/', import.meta.url))
const committed = join(designer, 'src/api/schema.d.ts')

/** The committed types are what openapi-typescript makes of the server's description. UPDATE_GOLDEN=1 writes them anew. */
export async function compareTypes(url, key) {
  const answer = await fetch(`${url}/openapi/v1.json`, { headers: { authorization: `Bearer ${key}` } })
  assert.equal(answer.status, 200)
  const folder = await mkdtemp(join(tmpdir(), 'automation-openapi-'))
  try {
    await writeFile(join(folder, 'openapi.json'), await answer.text())
    await promisify(execFile)(process.execPath, [join(designer, 'node_modules/openapi-typescript/bin/cli.js'), join(folder, 'openapi.json'), '-o', join(folder, 'schema.d.ts')])
    const made = await readFile(join(folder, 'schema.d.ts'), 'utf8')
    if (process.env.UPDATE_GOLDEN === '1') await writeFile(committed, made)
    assert.ok(
      made === (await readFile(committed, 'utf8')),
      'Expected designer/src/api/schema.d.ts to be made from this server, but it differs: run this check with UPDATE_GOLDEN=1.')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
