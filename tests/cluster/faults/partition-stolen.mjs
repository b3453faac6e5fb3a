import assert from 'node:assert/strict'
import { owned, partitions, pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/**
 * Two workers on one partition: a worker stands still, its leases are taken from it in the database, and it goes on where it
 * stood, still the broker's one consumer. Whatever it wants to commit is fenced off.
 */
export async function fault(cluster) {
  const [first, second] = cluster.workers
  await pause(Math.floor(cluster.random() * 1000))
  first.freeze()
  const said = first.log.length
  const epochs = await cluster.sql.number('SELECT sum(epoch) FROM partition_lease')
  await cluster.sql.rows(`UPDATE partition_lease SET expires_at = clock_timestamp() - interval '1 second' WHERE owner = '${first.id}'`)
  await cluster.sql.rows(`DELETE FROM node WHERE id = '${first.id}'`)
  await until('the other worker to own everything', () => owned(second) === partitions, 15)
  assert.ok(await cluster.sql.number('SELECT sum(epoch) FROM partition_lease') >= epochs + 4, 'Expected a new epoch for each partition taken.')
  first.thaw()
  await until('the old owner to notice', () => (first.log.slice(said).match(/has another owner/g) ?? []).length >= 4, 20)
  await cluster.untilShared()
  const fenced = (first.log.slice(said).match(/its loop here stops/g) ?? []).length
  return { note: `4 partitions were taken from a worker that stood still; ${fenced} of its loops ran into the fence` }
}
