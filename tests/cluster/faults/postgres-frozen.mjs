import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

const seconds = 20

/** The database stands still for 20 s with every connection open, longer than a lease lasts, and goes on as if nothing had been. */
export async function fault(cluster) {
  const before = cluster.load.accepted.size
  await cluster.postgres.freeze()
  // Less load: what is taken now waits, and has to be decided before the next fault.
  await pause(seconds * 1000)
  const meanwhile = cluster.load.accepted.size - before
  await cluster.postgres.thaw()
  const backAt = Date.now()
  const had = await cluster.sql.number('SELECT count(*) FROM event_key')
  await until('events to be decided again', async () => await cluster.sql.number('SELECT count(*) FROM event_key') > had + 20, 40)
  const again = (Date.now() - backAt) / 1000
  await cluster.untilShared()
  assert.ok(meanwhile > 0, 'Expected events to be taken while the database stood still, but none was.')
  return { note: `${meanwhile} events were taken while it stood still for ${seconds} s, and decided from ${again.toFixed(1)} s after` }
}
