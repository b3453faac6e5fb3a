import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

const reads = ['/api/journeys', '/api/messages?limit=10', '/api/audit?limit=10', '/api/contacts?limit=1', '/api/accounts']

/** The database crashes under load and recovers. Events wait in the broker meanwhile, and no reader notices after it is back. */
export async function fault(cluster) {
  // So that several connections are in the readers' pool, and all of them die.
  await Promise.all([...reads, ...reads, ...reads].map((path) => cluster.get(path)))
  await pause(Math.floor(cluster.random() * 1000))
  const before = cluster.load.accepted.size
  await cluster.postgres.stop()
  await pause(2000)
  const meanwhile = cluster.load.accepted.size - before
  await cluster.postgres.startAgain()
  await Promise.all([...reads, ...reads, ...reads].map((path) => cluster.get(path)))
  const backAt = Date.now()
  const had = await cluster.sql.number('SELECT count(*) FROM event_key')
  await until('events to be decided again', async () => await cluster.sql.number('SELECT count(*) FROM event_key') > had, 30)
  const seconds = (Date.now() - backAt) / 1000
  await pause(1500)
  assert.ok(meanwhile > 0, 'Expected events to be taken while the database was away, but none was.')
  return { note: `${meanwhile} events were taken while it was away, and decided from ${seconds.toFixed(1)} s after it was back` }
}
