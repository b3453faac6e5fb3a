import assert from 'node:assert/strict'
import { owned, partitions, pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** A worker dies in the middle of a batch; another takes its partitions, and later a new one comes. */
export async function fault(cluster) {
  const [first, second] = cluster.workers
  await pause(Math.floor(cluster.random() * 1000))
  const had = owned(first)
  const killedAt = Date.now()
  const before = cluster.load.accepted.size
  await first.kill()
  cluster.workers = [second]
  await until('the other worker to own everything', () => owned(second) === partitions, 30)
  const seconds = (Date.now() - killedAt) / 1000
  assert.ok(cluster.load.accepted.size > before, 'Expected events to be taken while a worker was gone, but none was.')
  assert.ok(seconds < 15, `Expected the killed worker's partitions at the other within 15 s, but it took ${seconds} s.`)
  await cluster.addWorker()
  await cluster.untilShared()
  return { note: `its ${had} partitions were decided elsewhere after ${seconds.toFixed(1)} s` }
}
