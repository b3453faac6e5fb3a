import assert from 'node:assert/strict'
import { until } from '../servers.mjs'

const password = 'three blind mice run'

/** What is taken from somebody at one api is worth nothing at another: a session with the next request, a key within five seconds. */
export async function fault(cluster) {
  const second = await cluster.addApi()
  try {
    const { link } = await cluster.post('/api/users', { name: 'li', role: 'operator' })
    const signedIn = await fetch(`${cluster.api.url}/api/links/use`, sends({ link: link.path.split('/').at(-1), password }))
    assert.equal(signedIn.status, 200)
    const headers = { Cookie: signedIn.headers.get('set-cookie').split(';')[0] }
    const status = async (api, more) => (await fetch(`${api.url}/api/journeys`, { headers: more })).status
    assert.deepEqual([await status(cluster.api, headers), await status(second, headers)], [200, 200], 'Expected the session at both.')
    await cluster.delete('/api/users/li/sessions')
    assert.equal(await status(second, headers), 401, 'Expected an ended session to be refused elsewhere with the next request.')

    const made = await cluster.post('/api/keys', { role: 'viewer' })
    const bearer = { Authorization: `Bearer ${made.key}` }
    await until('the key to be known at the other api', async () => (await status(second, bearer)) === 200, 5)
    await cluster.delete(`/api/keys/${made.id}`)
    await until('the key to be worth nothing at the other api', async () => (await status(second, bearer)) === 401, 6)
  } finally {
    await second.stop()
  }
  return { note: 'a session and a key that were taken away at one api were refused at another' }
}

function sends(body) { return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } }
