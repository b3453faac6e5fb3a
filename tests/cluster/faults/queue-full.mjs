import assert from 'node:assert/strict'
import { pause } from '../cluster.mjs'
import { until } from '../servers.mjs'

/** Nobody decides for a while, and more comes than may wait: 429 with Retry-After, nothing of it kept, and all of it taken when sent again. */
export async function fault(cluster) {
  const load = cluster.load
  await load.stop()
  for (const worker of cluster.workers) worker.freeze()
  const batches = []
  const statuses = []
  await until('the tracking API to answer 429', async () => {
    const some = Array.from({ length: 4 }, () => load.make(50))
    const answers = await Promise.all(some.map((batch) => load.send(batch)))
    batches.push(...some)
    statuses.push(...answers)
    return answers.every((status) => status === 429)
  }, 30, 60)
  const refused = batches.filter((_, n) => statuses[n] === 429).flat()
  assert.ok(refused.length > 0 && statuses.every((status) => status === 200 || status === 429), `Expected 200 or 429, but found ${[...new Set(statuses)]}.`)
  for (const worker of cluster.workers) worker.thaw()
  const taken = load.accepted.size
  await until('what waited to be decided', async () => await cluster.sql.number('SELECT count(*) FROM event_key') >= taken, 30)
  await pause(500)
  // Nobody has sent them again yet.
  assert.equal(await cluster.sql.number('SELECT count(*) FROM event_key'), taken, 'Expected nothing of what was refused, but some of it was kept.')
  return { note: `${batches.flat().length} events were offered, ${refused.length} events were refused with 429, none of them kept, all taken later` }
}
